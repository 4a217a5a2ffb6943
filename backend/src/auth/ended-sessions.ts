import { personOrigin } from '../context.ts'
import type { UnitOfWork } from '../context.ts'
import { dropPasswordLinks } from './account-links.ts'
import { announceProfile } from '../profile/announce-profile.ts'

const CHANGE_PASSWORD = '/api/auth/change-password'

const ENDING = new Set(
  ['sign-out', 'change-password', 'revoke-session', 'revoke-sessions', 'revoke-other-sessions'].map(
    (what) => `/api/auth/${what}`,
  ),
)

/** Whether what was asked of Better Auth may have ended sessions. (A link for a new password, and deleting an account, say so by themselves.) */
export function mayEndSessions(path: string): boolean {
  return ENDING.has(path)
}

/** Tells every replica, which closes the live streams of these sessions, and the person's other tabs. */
export async function tellEndedSessions(
  { change }: UnitOfWork,
  { userId, path }: { userId: string; path: string },
): Promise<void> {
  await change(personOrigin(userId), async (ctx) => {
    if (path === CHANGE_PASSWORD) await dropPasswordLinks(ctx.tx, userId)
    announceProfile(ctx, userId)
  })
}
