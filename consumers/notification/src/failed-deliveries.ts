import type { StateStore } from '@todo/platform/state-store'
import { CLAIM_TTL_SECONDS } from './claim.ts'

/** By the key of its claim: the name of the job for the next try; null for none. */
type FailedDeliveries = Record<string, string | null>

const keyOf = (userId: string) => `failed.${userId}`

/** More than can fail for one person while they are kept; the oldest are left out. */
const MOST = 500

/** Remembers what is kept of a delivery that failed, so that it can be found when the account goes. */
export async function rememberFailed(
  state: StateStore,
  userId: string,
  { claim, job }: { claim: string; job: string | null },
): Promise<void> {
  for (;;) {
    const known = await state.get<FailedDeliveries>(keyOf(userId))
    const { [claim]: _, ...others } = known?.value ?? {}
    const deliveries = Object.fromEntries([...Object.entries(others), [claim, job]].slice(-MOST))
    // Another delivery to this person may have failed at the same moment.
    if (await state.set(keyOf(userId), deliveries, { ifMatch: known?.etag ?? null, ttlSeconds: CLAIM_TTL_SECONDS }))
      return
  }
}

/** Forgets all failed deliveries of a person; answers what was kept of them. */
export async function takeFailed(state: StateStore, userId: string): Promise<{ claims: string[]; jobs: string[] }> {
  const deliveries = (await state.get<FailedDeliveries>(keyOf(userId)))?.value ?? {}
  await state.delete(keyOf(userId))
  return { claims: Object.keys(deliveries), jobs: Object.values(deliveries).filter((job) => job !== null) }
}
