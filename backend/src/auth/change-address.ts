import { randomBytes } from 'node:crypto'
import { AppError, invalidField } from '@todo/platform/errors'
import { keyedHash } from '@todo/platform/seal'
import { stopChannel } from '../channels/stop-channel.ts'
import type { Ctx, UnitOfWork } from '../context.ts'
import { announceProfile } from '../profile/announce-profile.ts'
import { changeEmail, lockPerson } from '../profile/repo.ts'
import type { Person } from '../profile/repo.ts'
import { dropOffer, dropPasswordLinks, LINK_SECONDS, mailLink } from './account-links.ts'
import { holdPassword } from './credential.ts'
import { tooManyLinks } from './refusals.ts'

export interface AddressChange {
  userId: string
  email: string
  /** How the password is kept by which it was allowed. */
  password: string
}

/** The account has another address at once. */
export async function changeAddress(ctx: Ctx, { userId, email, password }: AddressChange, secret: string) {
  const person = await lockPerson(ctx.tx, userId)
  await holdPassword(ctx.tx, userId, password)
  if (person) await moveTo(ctx, { person, email, secret })
}

/** Mails a link to the new address, by which it is taken. @throws 429 where it got too many of them just now */
export async function offerAddress(ctx: Ctx, { userId, email, password }: AddressChange, secret: string) {
  await lockPerson(ctx.tx, userId)
  await holdPassword(ctx.tx, userId, password)
  if (await ctx.tx.selectFrom('user').select('id').where('email', '=', email).executeTakeFirst()) throw addressTaken()
  const token = randomBytes(32).toString('base64url')
  const expiresAt = new Date(ctx.now().getTime() + LINK_SECONDS['change-email'] * 1_000)
  const offer = { email, token_hash: hashOf(token, secret), expires_at: expiresAt }
  await ctx.tx
    .insertInto('address_change')
    .values({ user_id: userId, ...offer })
    .onConflict((conflict) => conflict.column('user_id').doUpdateSet(offer))
    .execute()
  announceProfile(ctx, userId)
  if (!(await mailLink(ctx, { userId, purpose: 'change-email', token, email }, secret))) throw tooManyLinks()
}

interface OfferedAddress {
  email: string
  expiresAt: string
}

/** What the account is about to have for an address; null: nothing else than it has. */
export async function offeredAddress(
  { db, now }: Pick<UnitOfWork, 'db' | 'now'>,
  userId: string,
): Promise<OfferedAddress | null> {
  const offer = await db
    .selectFrom('address_change')
    .select(['email', 'expires_at as expiresAt'])
    .where('user_id', '=', userId)
    .where('expires_at', '>', now().toISOString())
    .executeTakeFirst()
  return offer ?? null
}

/**
 * Takes the address whose link was followed, by who is signed in: where it was mistyped, somebody else got the mail, and
 * could set a new password by another. @throws 400 for a link that does nothing (any more)
 */
export async function takeAddress(
  ctx: Ctx,
  { userId, token, secret }: { userId: string; token: string; secret: string },
): Promise<void> {
  const person = await lockPerson(ctx.tx, userId)
  const offer = await ctx.tx
    .deleteFrom('address_change')
    .where('user_id', '=', userId)
    .where('token_hash', '=', hashOf(token, secret))
    .where('expires_at', '>', ctx.now().toISOString())
    .returning('email')
    .executeTakeFirst()
  if (!person || !offer) throw invalidField('token', 'is not of this account, was used, or is over: ask for another')
  await moveTo(ctx, { person, email: offer.email, secret })
}

const hashOf = (token: string, secret: string) => keyedHash(token, { secret, purpose: 'address change' })

/** Whoever reads the old mailbox hears of it, and cannot use what was mailed there any more. */
async function moveTo(ctx: Ctx, { person, email, secret }: { person: Person; email: string; secret: string }) {
  const { id: userId, email: old, emailVerified } = person
  await changeEmail(ctx.tx, userId, { email, now: ctx.now() })
  await dropPasswordLinks(ctx.tx, userId)
  await dropOffer(ctx.tx, userId)
  stopChannel(ctx, { userId, channelId: 'email' })
  if (emailVerified) await mailLink(ctx, { userId, purpose: 'email-changed', token: '', email: old }, secret)
  announceProfile(ctx, userId)
}

/** @throws that the address is another account's, where that is what went wrong */
export function refuseTaken(error: unknown): never {
  throw (error as { code?: string }).code === UNIQUE_VIOLATION ? addressTaken() : error
}

const UNIQUE_VIOLATION = '23505'

const addressTaken = () =>
  new AppError('conflict', 'newEmail has an account already: use another', {
    errors: [{ field: 'newEmail', message: 'has an account already: use another' }],
  })
