import type { Ctx } from '../context.ts'

/**
 * Nothing that was said until now is taken to this channel any more, also what waits for another try there: it was
 * switched off or removed, or leads to somebody else by now.
 * @param channelId of an endpoint, or `email`; `digest`: the digest by whichever channel
 */
export function stopChannel({ emit, now }: Ctx, { userId, channelId }: { userId: string; channelId: string }): void {
  emit('channel.stopped', userId, { userId, channelId, stoppedAt: now().toISOString() })
}
