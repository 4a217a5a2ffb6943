import type { StateStore } from '@todo/platform/state-store'
import { CLAIM_TTL_SECONDS } from './claim.ts'

const keyOf = (userId: string) => `erased.${userId}`

/** From here on, nothing more is sent to this person. Kept for as long as anything could still want to. */
export async function markErased(state: StateStore, userId: string): Promise<void> {
  await state.set(keyOf(userId), true, { ttlSeconds: CLAIM_TTL_SECONDS })
}

export async function isErased(state: StateStore, userId: string): Promise<boolean> {
  return (await state.get(keyOf(userId))) !== null
}
