import { APIError, getSessionFromCtx, isAPIError } from 'better-auth/api'
import type { createAuthMiddleware } from 'better-auth/api'
import { deleteSessionCookie } from 'better-auth/cookies'
import type { Tx } from '../context.ts'

/** A request to Better Auth, in a hook of ours. */
export type Asked = Parameters<Parameters<typeof createAuthMiddleware>[0]>[0]

/** What is done with a password that is looked at first, which takes a tenth of a second. */
const WITH_PASSWORD: ReadonlySet<string> = new Set(['/change-password', '/change-email', '/delete-user'])

/** How the password was kept when somebody began to use it, by their request. */
const noted = new WeakMap<Request, string>()

/** How a password was kept when this request came; undefined where it needs none. */
export const passwordNoted = (request: Request | undefined): string | undefined => request && noted.get(request)

/** Before anything for which a password is looked at. */
export async function notePassword(asked: Asked): Promise<void> {
  if (!asked.request) return
  const userId = await whosePassword(asked)
  const hash = userId && (await passwordHash(asked, userId))
  if (hash) noted.set(asked.request, hash)
}

async function whosePassword(asked: Asked): Promise<string | undefined> {
  if (WITH_PASSWORD.has(asked.path)) return (await getSessionFromCtx(asked))?.user.id
  if (asked.path !== '/sign-in/email') return
  const { email } = asked.body as { email?: unknown }
  if (typeof email !== 'string') return
  return (await asked.context.internalAdapter.findUserByEmail(email))?.user.id
}

/** How the password of an account is kept; undefined where the account is gone. */
export async function passwordHash({ context }: Asked, userId: string): Promise<string | undefined> {
  const accounts = await context.internalAdapter.findAccounts(userId)
  return accounts.find(({ providerId }) => providerId === 'credential')?.password ?? undefined
}

/**
 * After `/sign-in/email`: while the password was looked at, another may have been set, and every session ended but the
 * one that was about to begin. Whoever sets a password ends the sessions afterwards, and here it is the other way round,
 * so that one of the two sees the other.
 */
export async function endSignIn(asked: Asked): Promise<void> {
  const { newSession, returned } = asked.context
  if (!asked.request || !newSession || isAPIError(returned)) return
  const { user, session } = newSession
  const hash = await passwordHash(asked, user.id)
  if (hash === noted.get(asked.request)) return
  const { password } = asked.body as { password: string }
  if (hash !== undefined && (await asked.context.password.verify({ hash, password }))) return
  await asked.context.internalAdapter.deleteSession(session.token)
  deleteSessionCookie(asked)
  throw new APIError('UNAUTHORIZED', { code: 'INVALID_EMAIL_OR_PASSWORD', message: 'Invalid email or password' })
}

/**
 * Until the end of this transaction nobody sets another password. @throws 400 where that is not the one any more by
 * which it was allowed
 */
export async function holdPassword(tx: Tx, userId: string, hash: string | undefined): Promise<void> {
  const account = await tx
    .selectFrom('account')
    .select('password')
    .where('userId', '=', userId)
    .where('providerId', '=', 'credential')
    .forShare()
    .executeTakeFirst()
  if (account?.password !== hash) throw wrongPassword()
}

/** Another password where it is kept so as yet, and otherwise false. */
export async function replacePassword(
  tx: Tx,
  userId: string,
  { was, becomes, now }: { was: string; becomes: string; now: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable('account')
    .set({ password: becomes, updatedAt: now })
    .where('userId', '=', userId)
    .where('providerId', '=', 'credential')
    .where('password', '=', was)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export const wrongPassword = () =>
  new APIError('BAD_REQUEST', { code: 'INVALID_PASSWORD', message: 'The password is wrong.' })
