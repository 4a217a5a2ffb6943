import type { EventData } from '@todo/model/events'
import type { Tx } from '../context.ts'
import type { Person } from '../profile/repo.ts'
import { endpointsToSendTo } from './repo.ts'
import { unsubscribeToken } from './unsubscribe-token.ts'
import type { MailKind } from './unsubscribe-token.ts'

export type Recipient = EventData<'reminder.due'>['recipient']

/** What every channel has to know of a person. */
export function recipientOf({
  name,
  email,
  timeZone,
  locale,
}: Person): Pick<Recipient, 'name' | 'email' | 'timeZone' | 'locale'> {
  return { name, email, timeZone, locale }
}

/**
 * Whom a reminder or a digest is sent to, by all of their channels that are on; a reminder is shown in the app anyway.
 * @param secret signs the link that ends such mails
 */
export async function recipientOfMessage(
  tx: Tx,
  person: Person,
  { about, secret }: { about: MailKind; secret: string },
): Promise<Recipient> {
  const { quietFrom: from, quietTo: to } = person
  return {
    ...recipientOf(person),
    channels: person.emailReminders ? ['email'] : [],
    endpoints: await endpointsToSendTo(tx, person.id),
    ...(from && to && { quiet: { from, to } }),
    unsubscribe: unsubscribeToken(about, person.id, secret),
  }
}

/** Whether anything is sent to them at all. */
export function isReached({ channels, endpoints = [] }: Recipient): boolean {
  return channels.length + endpoints.length > 0
}
