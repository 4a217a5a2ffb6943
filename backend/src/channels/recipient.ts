import { BUILT_IN_CHANNELS } from '@todo/model/channels'
import type { EventData } from '@todo/model/events'
import type { Tx } from '../context.ts'
import type { Person } from '../profile/repo.ts'
import { endpointsToSendTo } from './repo.ts'
import { unsubscribeToken } from './unsubscribe-token.ts'

type Recipient = EventData<'reminder.due'>['recipient']

/** What every channel has to know of a person. */
export function recipientOf({
  name,
  email,
  timeZone,
  locale,
}: Person): Pick<Recipient, 'name' | 'email' | 'timeZone' | 'locale'> {
  return { name, email, timeZone, locale }
}

/** Whom a reminder goes to, by all of their channels that are on. @param secret signs the link that ends its mails */
export async function recipientOfReminder(tx: Tx, person: Person, secret: string): Promise<Recipient> {
  return {
    ...recipientOf(person),
    channels: BUILT_IN_CHANNELS.filter((channel) => channel !== 'email' || person.emailReminders),
    endpoints: await endpointsToSendTo(tx, person.id),
    unsubscribe: unsubscribeToken('reminders', person.id, secret),
  }
}
