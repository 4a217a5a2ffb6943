import { announceView } from '../announce-view.ts'
import type { Ctx } from '../context.ts'

/**
 * Tells the person's tabs, and every replica of ours, that the person is another, is reached in another way, is signed out
 * somewhere, or is gone.
 */
export function announceProfile(ctx: Pick<Ctx, 'emit' | 'origin'>, userId: string): void {
  announceView(ctx, userId, { resource: 'profile' })
}
