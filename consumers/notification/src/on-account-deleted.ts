import type { TodoEvent } from '@todo/model/events'
import type { DeliveryCtx } from './delivery-ctx.ts'
import { markErased } from './erased-account.ts'

/** A mail that waits for its next try must not reach someone who has left. */
export async function onAccountDeleted({ state }: DeliveryCtx, { data }: TodoEvent<'account.deleted'>): Promise<void> {
  await markErased(state, data.userId)
}
