import { sql } from 'kysely'
import { v7 as uuidv7 } from 'uuid'
import type { EventData } from '@todo/model/events'
import { keyedHash, seal } from '@todo/platform/seal'
import { recipientOf } from '../channels/recipient.ts'
import type { Ctx, Tx } from '../context.ts'
import { findPerson } from '../profile/repo.ts'

export interface AccountLink {
  userId: string
  purpose: EventData<'link.due' | 'address-link.due'>['purpose']
  /** It may do what the link is for. */
  token: string
  /** Where it is mailed to; left out, to the address of the account. */
  email?: string
}

const THREE_DAYS = 3 * 24 * 60 * 60

/** How long a link can be followed. */
export const LINK_SECONDS: Record<AccountLink['purpose'], number> = {
  'new-password': 60 * 60,
  'confirm-email': THREE_DAYS,
  'change-email': THREE_DAYS,
  'email-changed': THREE_DAYS,
}

/** Of one kind to one address, in a quarter of an hour: anybody may ask for them to be sent to anybody. */
const MOST_LINKS = 3

/**
 * Has a link mailed to a person, whatever mails they want. False where they got too many of this kind just now, or are
 * gone. @param secret seals it, so that neither topics nor logs can be read for it
 */
export async function mailLink(ctx: Ctx, link: AccountLink, secret: string): Promise<boolean> {
  const { userId, purpose, token } = link
  const now = ctx.now()
  const person = await findPerson(ctx.tx, userId)
  if (!person) return false
  const { email = person.email } = link
  if (!(await takeLink(ctx.tx, { email, purpose, now, secret }))) return false
  // Whose address it is not confirmed to be may have written anything in place of a name, for somebody else to read.
  const name = person.emailVerified && email === person.email ? person.name : ''
  const due = {
    userId,
    linkId: uuidv7(),
    token: seal(token, { secret, userId }),
    expiresAt: new Date(now.getTime() + LINK_SECONDS[purpose] * 1_000).toISOString(),
    recipient: { ...recipientOf(person), email, name, channels: ['email' as const] },
  }
  if (purpose === 'change-email' || purpose === 'email-changed')
    ctx.emit('address-link.due', userId, { ...due, purpose })
  else ctx.emit('link.due', userId, { ...due, purpose })
  return true
}

interface Taken extends Pick<AccountLink, 'purpose'> {
  email: string
  now: Date
  secret: string
}

async function takeLink(tx: Tx, { email, purpose, now, secret }: Taken): Promise<boolean> {
  const address = keyedHash(email.toLowerCase(), { secret, purpose: 'links' })
  const { numAffectedRows } = await sql`
    insert into account_link (address_hash, purpose, sent_at) values (${address}, ${purpose}, array[${now}::timestamptz])
    on conflict (address_hash, purpose) do update
      set sent_at = (array_prepend(${now}::timestamptz, account_link.sent_at))[1:${MOST_LINKS}]
      where account_link.sent_at[${MOST_LINKS}] is null
        or account_link.sent_at[${MOST_LINKS}] <= ${now}::timestamptz - interval '15 minutes'`.execute(tx)
  return Number(numAffectedRows) === 1
}

/** Whoever has another password or address by now is let in by no link from before. */
export async function dropPasswordLinks(tx: Tx, userId: string): Promise<void> {
  await tx.deleteFrom('verification').where('value', '=', userId).execute()
}

/** The link to another address that was asked for is over. (Another password does that by a trigger.) */
export async function dropOffer(tx: Tx, userId: string): Promise<void> {
  await tx.deleteFrom('address_change').where('user_id', '=', userId).execute()
}
