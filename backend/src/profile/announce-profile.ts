import type { Ctx } from '../context.ts'

/**
 * Tells the person's tabs, and every replica of ours, that the person is another, is reached in another way, is signed out
 * somewhere, or is gone.
 */
export function announceProfile({ emit, origin }: Pick<Ctx, 'emit' | 'origin'>, userId: string): void {
  emit('view.changed', userId, { resource: 'profile', id: null, audience: [userId], clientId: origin.clientId })
}
