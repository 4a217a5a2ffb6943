import { amountOf, sum, times } from './quantities.ts'
import type { Amount, Requests } from './quantities.ts'

/** Parts that a chart runs several of, whatever its values say, by the path of their resources. */
const COPIES: Record<string, Record<string, number>> = {
  // The chart has no setting for it.
  dapr: { dapr_scheduler: 3 },
}

/** What a chart's values ask for, all of its parts together. */
export function requestsIn(chart: string, values: Record<string, unknown>): Amount {
  return sum(partsIn(chart, values))
}

function partsIn(chart: string, values: Record<string, unknown>, path = ''): Amount[] {
  return Object.entries(values).flatMap(([key, value]) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return []
    const inner = value as Record<string, unknown>
    if (key !== 'resources') return partsIn(chart, inner, path ? `${path}.${key}` : key)
    const requests = inner.requests as Requests | undefined
    // A job that is done after its installation.
    if (!requests || path === 'startupapicheck') return []
    return [times(amountOf(requests, `${chart} ${path}`), COPIES[chart]?.[path] ?? replicasOf(values))]
  })
}

function replicasOf(values: Record<string, unknown>): number {
  const deployment = values.deployment as { replicas?: number } | undefined
  return deployment?.replicas ?? (values.replicaCount as number | undefined) ?? 1
}
