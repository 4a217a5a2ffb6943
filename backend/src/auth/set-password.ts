import type { AccountEffects } from './account-effects.ts'
import { passwordNoted, wrongPassword } from './credential.ts'
import type { Asked } from './credential.ts'
import { noSuchLink } from './refusals.ts'

export const PASSWORD_LENGTH = { min: 8, max: 200 }

/** The address that a link for a new password was mailed to, by the request that brings it back. */
const mailedTo = new WeakMap<Request, { userId: string; email: string }>()

/** Before `/reset-password`: nothing begins with a link that does nothing any more, or a password that will be refused. */
export async function beginReset(asked: Asked, effects: AccountEffects): Promise<void> {
  const { token, newPassword } = asked.body as { token?: unknown; newPassword?: unknown }
  if (typeof token !== 'string' || typeof newPassword !== 'string' || !isTaken(newPassword)) return
  const { internalAdapter } = asked.context
  const found = await internalAdapter.findVerificationValue(`reset-password:${token}`)
  if (!found || found.expiresAt <= new Date()) return
  const userId = found.value
  const email = await emailOf(asked, userId)
  if (asked.request && email) mailedTo.set(asked.request, { userId, email })
  await effects.passwordResetBegins(userId)
}

const isTaken = ({ length }: string) => length >= PASSWORD_LENGTH.min && length <= PASSWORD_LENGTH.max

async function emailOf({ context }: Asked, userId: string): Promise<string | undefined> {
  return (await context.internalAdapter.findUserById(userId))?.email
}

/**
 * Before Better Auth writes a password down, after a tenth of a second in which it made it unreadable and looked at the
 * one before. False: it is written down already.
 * @throws where another was set meanwhile by which `/change-password` would not be allowed, or where the account has left
 *   the address that the link of a reset was mailed to
 */
export async function setPassword(
  { password }: { password?: unknown },
  asked: Asked | null,
  effects: AccountEffects,
): Promise<false | undefined> {
  if (!asked || typeof password !== 'string') return
  if (asked.path === '/change-password') {
    const userId = asked.context.session?.user.id
    const was = passwordNoted(asked.request)
    if (!userId || !was || !(await effects.replacePassword({ userId, was, becomes: password }))) throw wrongPassword()
    return false
  }
  const reset = asked.request && mailedTo.get(asked.request)
  if (reset && (await emailOf(asked, reset.userId)) !== reset.email) throw noSuchLink()
}
