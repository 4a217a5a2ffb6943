import type { TodoEvent } from '@todo/model/events'
import type { DeliveryCtx } from './delivery-ctx.ts'
import { markErased } from './erased-account.ts'
import { takeFailed } from './failed-deliveries.ts'

/**
 * A message that waits for its next try must not reach someone who has left, and nothing is kept of it: the job has their
 * name and address, the claim perhaps what a server said of it.
 */
export async function onAccountDeleted(
  { state, scheduler }: DeliveryCtx,
  { data: { userId } }: TodoEvent<'account.deleted'>,
): Promise<void> {
  await markErased(state, userId)
  const { claims, jobs } = await takeFailed(state, userId)
  for (const job of jobs) await scheduler.cancel('notification', job)
  for (const claim of claims) await state.delete(claim)
}
