import { amountOf, larger, sum, times } from './quantities.ts'
import type { Amount, Requests } from './quantities.ts'

export interface Share {
  what: string
  amount: Amount
}

const NONE: Amount = { cpu: 0, memory: 0 }

interface Resources {
  requests?: Requests
}

interface Container {
  name: string
  resources?: Resources
}

interface PodTemplate {
  metadata: { annotations?: Record<string, string> }
  spec: { containers: Container[]; initContainers?: Container[] }
}

/** What is looked at of a manifest, of whatever kind it is. */
export interface Manifest {
  kind: string
  metadata: { name: string; annotations?: Record<string, string> }
  spec?: {
    replicas?: number
    template?: PodTemplate
    strategy?: { rollingUpdate?: { maxSurge?: number } }
    resources?: Resources
    entityOperator?: { topicOperator: { resources: Resources }; userOperator: { resources: Resources } }
    /** Of what sets the replicas of another one. */
    scaleTargetRef?: { name: string }
    minReplicas?: number
    minReplicaCount?: number
  }
}

const requestsOf = ({ name, resources }: Container) => amountOf(resources?.requests ?? {}, `the container ${name}`)

/** What the scheduler keeps free for all that the manifests make, also while all of it is upgraded at once. */
export function sharesOf(manifests: readonly Manifest[]): Share[] {
  const least = new Map(
    manifests.flatMap(({ spec }) =>
      spec?.scaleTargetRef ? [[spec.scaleTargetRef.name, spec.minReplicas ?? spec.minReplicaCount ?? 1] as const] : [],
    ),
  )
  const jobs = manifests.filter(({ kind }) => kind === 'Job').map(({ spec }) => podAmount(spec!.template!))
  return [
    ...manifests.flatMap((manifest) => shareOf(manifest, least.get(manifest.metadata.name)) ?? []),
    { what: 'pods that an upgrade starts before others go', amount: sum(manifests.map(surgeOf)) },
    { what: 'the largest Job', amount: jobs.reduce(larger, NONE) },
  ]
}

function surgeOf({ kind, spec }: Manifest): Amount {
  if (kind !== 'Deployment' || !spec?.template) return NONE
  return times(podAmount(spec.template), spec.strategy?.rollingUpdate?.maxSurge ?? 1)
}

/** Null for what makes no pod that stays. */
function shareOf({ kind, metadata, spec = {} }: Manifest, scaled: number | undefined): Share | null {
  const { template, resources = {}, entityOperator } = spec
  const replicas = scaled ?? spec.replicas ?? 1
  const what = `${kind} ${metadata.name}`
  if (template && ['Deployment', 'StatefulSet'].includes(kind))
    return { what: `${what} × ${replicas}`, amount: times(podAmount(template), replicas) }
  if (kind === 'KafkaNodePool')
    return { what: `${what} × ${replicas}`, amount: times(amountOf(resources.requests ?? {}, what), replicas) }
  if (kind === 'Kafka' && entityOperator) {
    const operators = [entityOperator.topicOperator, entityOperator.userOperator]
    const amounts = operators.map(({ resources: { requests = {} } }) => amountOf(requests, what))
    return { what: `${what}, its operators of topics and users`, amount: sum(amounts) }
  }
  return null
}

/** Of a pod with the sidecar that Dapr puts into it. Containers that run before the others count where they are larger. */
function podAmount({ metadata, spec }: PodTemplate): Amount {
  const { annotations = {} } = metadata
  const sidecar = {
    cpu: annotations['dapr.io/sidecar-cpu-request'],
    memory: annotations['dapr.io/sidecar-memory-request'],
  } as Requests
  const injected = annotations['dapr.io/enabled'] === 'true' ? [amountOf(sidecar, 'the sidecar')] : []
  const { containers, initContainers = [] } = spec
  const together = sum([...containers.map(requestsOf), ...injected])
  return initContainers.map(requestsOf).reduce(larger, together)
}
