import type { DeliveryCtx } from './delivery-ctx.ts'
import { isErased } from './erased-account.ts'
import { isExpired } from './message.ts'
import type { Message } from './message.ts'

/** Whether it is not to be sent any more: it does nothing by now, or whom it is for has left. */
export async function isVoid({ state, now }: Pick<DeliveryCtx, 'state' | 'now'>, message: Message): Promise<boolean> {
  return isExpired(message, now()) || isErased(state, message.data.userId)
}
