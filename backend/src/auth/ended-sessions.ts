import type { UnitOfWork } from '../context.ts'

const ENDING = ['/sign-out', '/change-password', '/revoke-session', '/revoke-sessions', '/revoke-other-sessions']

/** Whether what was asked of Better Auth may have ended sessions. (Deleting an account says so by itself.) */
export function mayEndSessions(url: string): boolean {
  const [path = ''] = url.split('?', 1)
  return ENDING.some((ending) => path === `/api/auth${ending}`)
}

/** Tells every replica, which closes the live streams of these sessions, and the person's other tabs. */
export async function tellEndedSessions({ change }: UnitOfWork, userId: string): Promise<void> {
  const origin = { actor: { kind: 'user', id: userId }, clientId: null, mutationId: null, batchId: null } as const
  await change(origin, async ({ emit }) =>
    emit('view.changed', userId, { resource: 'profile', id: null, audience: [userId], clientId: null }),
  )
}
