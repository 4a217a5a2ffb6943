import type { EventData } from '@todo/model/events'
import type { BackendConfig } from '../config.ts'
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

/** What holds for every mail of this server. */
export interface MailRules {
  /** Signs the links that end mails. */
  secret: string
  /** Whether nothing is mailed to an address before its owner has confirmed it. */
  wantsConfirmed: boolean
}

export const mailRulesOf = ({ CHANNEL_SECRET, CONFIRM_EMAIL }: BackendConfig): MailRules => ({
  secret: CHANNEL_SECRET,
  wantsConfirmed: CONFIRM_EMAIL === 'required',
})

/** Whether mails may go to the person's address. */
export function mayBeMailed({ emailVerified }: Pick<Person, 'emailVerified'>, { wantsConfirmed }: MailRules): boolean {
  return emailVerified || !wantsConfirmed
}

/** Whom a reminder or a digest is sent to, by all of their channels that are on; a reminder is shown in the app anyway. */
export async function recipientOfMessage(
  tx: Tx,
  person: Person,
  { about, rules }: { about: MailKind; rules: MailRules },
): Promise<Recipient> {
  const { quietFrom: from, quietTo: to } = person
  return {
    ...recipientOf(person),
    channels: person.emailReminders && mayBeMailed(person, rules) ? ['email'] : [],
    endpoints: await endpointsToSendTo(tx, person.id),
    ...(from && to && { quiet: { from, to } }),
    unsubscribe: unsubscribeToken(about, person.id, rules.secret),
  }
}

/** Whether anything is sent to them at all. */
export function isReached({ channels, endpoints = [] }: Recipient): boolean {
  return channels.length + endpoints.length > 0
}
