import { personOrigin } from '../context.ts'
import type { UnitOfWork } from '../context.ts'
import { announceProfile } from '../profile/announce-profile.ts'

const ENDING = new Set(
  ['sign-out', 'change-password', 'revoke-session', 'revoke-sessions', 'revoke-other-sessions'].map(
    (what) => `/api/auth/${what}`,
  ),
)

/** Whether what was asked of Better Auth may have ended sessions. (Deleting an account says so by itself.) */
export function mayEndSessions(path: string): boolean {
  return ENDING.has(path)
}

/** Tells every replica, which closes the live streams of these sessions, and the person's other tabs. */
export async function tellEndedSessions({ change }: UnitOfWork, userId: string): Promise<void> {
  await change(personOrigin(userId), async (ctx) => announceProfile(ctx, userId))
}
