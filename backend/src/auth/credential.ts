import { APIError, isAPIError } from 'better-auth/api'
import type { createAuthMiddleware } from 'better-auth/api'
import { deleteSessionCookie } from 'better-auth/cookies'

/** A request to Better Auth, in a hook of ours. */
export type Asked = Parameters<Parameters<typeof createAuthMiddleware>[0]>[0]

/** How the password of an account is kept; undefined where the account is gone. */
export async function passwordHash({ context }: Asked, userId: string): Promise<string | undefined> {
  const accounts = await context.internalAdapter.findAccounts(userId)
  return accounts.find(({ providerId }) => providerId === 'credential')?.password ?? undefined
}

export async function isPassword(asked: Asked, userId: string, password: string): Promise<boolean> {
  const hash = await passwordHash(asked, userId)
  return hash !== undefined && asked.context.password.verify({ hash, password })
}

/** What the password was when somebody began to sign in, by the request that they do it with. */
const hashes = new WeakMap<Request, string | undefined>()

/** Before `/sign-in/email`. */
export async function beginSignIn(asked: Asked): Promise<void> {
  const { email } = asked.body as { email?: unknown }
  if (!asked.request || typeof email !== 'string') return
  const found = await asked.context.internalAdapter.findUserByEmail(email)
  if (found) hashes.set(asked.request, await passwordHash(asked, found.user.id))
}

/**
 * After `/sign-in/email`: looking at a password takes a tenth of a second, in which another may have been set, and every
 * session ended but the one that was about to begin. Whoever sets a password ends the sessions afterwards, and here it
 * is the other way round, so that one of the two sees the other.
 */
export async function endSignIn(asked: Asked): Promise<void> {
  const { newSession, returned } = asked.context
  if (!asked.request || !newSession || isAPIError(returned)) return
  const { user, session } = newSession
  if ((await passwordHash(asked, user.id)) === hashes.get(asked.request)) return
  const { password } = asked.body as { password: string }
  if (await isPassword(asked, user.id, password)) return
  await asked.context.internalAdapter.deleteSession(session.token)
  deleteSessionCookie(asked)
  throw new APIError('UNAUTHORIZED', { code: 'INVALID_EMAIL_OR_PASSWORD', message: 'Invalid email or password' })
}
