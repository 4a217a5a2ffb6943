import { APIError, createEmailVerificationToken, getSessionFromCtx } from 'better-auth/api'
import { verifyJWT } from 'better-auth/crypto'
import { z } from 'zod'
import type { BackendConfig } from '../config.ts'
import type { Ctx } from '../context.ts'
import { announceProfile } from '../profile/announce-profile.ts'
import { changeEmail, findPerson } from '../profile/repo.ts'
import type { AccountEffects } from './account-effects.ts'
import { dropPasswordLinks, LINK_SECONDS, mailLink } from './account-links.ts'
import { isPassword } from './credential.ts'
import type { Asked } from './credential.ts'
import { notSignedIn, passwordNeeded } from './refusals.ts'

interface Options {
  config: Pick<BackendConfig, 'CONFIRM_EMAIL' | 'AUTH_SECRET'>
  effects: Pick<AccountEffects, 'mailLink' | 'changeAddress'>
}

const Address = z.email().max(320).toLowerCase()

/**
 * Answers `/change-email`, in place of Better Auth: with the password of the account, since whoever has the address can
 * set another one. Where addresses are confirmed, the new one is mailed a link first.
 */
export async function askForAddress(asked: Asked, { config, effects }: Options): Promise<object> {
  const session = await getSessionFromCtx(asked)
  if (!session) throw notSignedIn()
  const { newEmail, password } = asked.body as { newEmail?: unknown; password?: unknown }
  const { data: to } = Address.safeParse(newEmail)
  if (to === undefined) throw refusal('INVALID_EMAIL', 'This is not an e-mail address.')
  const { id: userId, email: from } = session.user
  if (typeof password !== 'string' || password === '') throw passwordNeeded('change the address')
  if (!(await isPassword(asked, userId, password))) throw refusal('INVALID_PASSWORD', 'The password is wrong.')
  if (to === from) throw refusal('SAME_EMAIL', 'This is the address of the account already.')
  if (config.CONFIRM_EMAIL === 'off') {
    await effects.changeAddress({ userId, to })
    return asked.json({ status: true, message: 'Email updated' })
  }
  if (await asked.context.internalAdapter.findUserByEmail(to)) throw addressTaken()
  const token = await createEmailVerificationToken(config.AUTH_SECRET, from, to, LINK_SECONDS['change-email'])
  await effects.mailLink({ userId, purpose: 'change-email', token, email: to })
  return asked.json({ status: true, message: 'Verification email sent' })
}

/**
 * Answers `/verify-email` for a link that changes an address; undefined for any other. It needs a session of the account:
 * where the address was mistyped, somebody else gets the mail, and could set a new password by another.
 */
export async function followAddressLink(asked: Asked, { config, effects }: Options): Promise<object | undefined> {
  const { token } = (asked.query ?? {}) as { token?: unknown }
  const link = typeof token === 'string' && (await verifyJWT<Link>(token, config.AUTH_SECRET))
  if (!link || !link.updateTo) return
  const session = await getSessionFromCtx(asked)
  if (!session) throw notSignedIn()
  const { id: userId, email } = session.user
  if (email === link.email) await effects.changeAddress({ userId, to: link.updateTo })
  else if (email !== link.updateTo) throw new APIError('FORBIDDEN', OF_ANOTHER)
  return asked.json({ status: true })
}

/** What is in the token of such a link. */
interface Link {
  /** The address that the account had when it was asked for. */
  email: string
  updateTo?: string
}

export interface AddressChange {
  userId: string
  to: string
}

/** Whoever reads the old mailbox hears of it, and cannot use what was mailed there any more. */
export async function changeAddress(ctx: Ctx, { userId, to }: AddressChange, secret: string): Promise<void> {
  const before = await findPerson(ctx.tx, userId)
  if (!before) throw notSignedIn()
  await changeEmail(ctx.tx, userId, { email: to, now: ctx.now() })
  await dropPasswordLinks(ctx.tx, userId)
  if (before.emailVerified) {
    await mailLink(ctx, { userId, purpose: 'email-changed', token: '', email: before.email }, secret)
  }
  announceProfile(ctx, userId)
}

/** @throws that the address is another account's, where that is what went wrong */
export function refuseTaken(error: unknown): never {
  throw (error as { code?: string }).code === UNIQUE_VIOLATION ? addressTaken() : error
}

const UNIQUE_VIOLATION = '23505'

const refusal = (code: string, message: string) => new APIError('BAD_REQUEST', { code, message })

const addressTaken = () =>
  new APIError('UNPROCESSABLE_ENTITY', {
    code: 'USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL',
    message: 'User already exists. Use another email.',
  })

const OF_ANOTHER = {
  code: 'INVALID_USER',
  message: 'This link is of another account, or from before its address was changed.',
}
