import { amountOf, larger, sum, times } from './quantities.ts'
import type { Amount, Requests } from './quantities.ts'

export interface Share {
  what: string
  amount: Amount
}

interface Container {
  name: string
  resources?: { requests?: Requests }
}

export interface Manifest {
  kind: string
  metadata: { name: string }
  spec: Record<string, any>
}

const requestsOf = ({ name, resources }: Container) => amountOf(resources?.requests ?? {}, `the container ${name}`)

/** What the scheduler keeps free for all that a manifest makes; null for what makes no pod that stays. */
export function shareOf({ kind, metadata, spec }: Manifest): Share | null {
  const what = `${kind} ${metadata.name}`
  if (kind === 'Deployment' || kind === 'StatefulSet') {
    const replicas = (spec.replicas ?? 1) as number
    return { what: `${what} × ${replicas}`, amount: times(podAmount(spec.template), replicas) }
  }
  if (kind === 'KafkaNodePool') {
    const { replicas, resources } = spec as { replicas: number; resources: { requests: Requests } }
    return { what: `${what} × ${replicas}`, amount: times(amountOf(resources.requests, what), replicas) }
  }
  if (kind === 'Kafka') {
    const { topicOperator, userOperator } = spec.entityOperator as Record<string, { resources: { requests: Requests } }>
    const operators = [topicOperator!, userOperator!].map(({ resources }) => amountOf(resources.requests, what))
    return { what: `${what}, its operators of topics and users`, amount: sum(operators) }
  }
  return null
}

/** Of a pod with the sidecar that Dapr puts into it. Containers that run before the others count where they are larger. */
function podAmount(template: { metadata: { annotations?: Record<string, string> }; spec: any }): Amount {
  const { annotations = {} } = template.metadata
  const sidecar = {
    cpu: annotations['dapr.io/sidecar-cpu-request'],
    memory: annotations['dapr.io/sidecar-memory-request'],
  } as Requests
  const injected = annotations['dapr.io/enabled'] === 'true' ? [amountOf(sidecar, 'the sidecar')] : []
  const { containers, initContainers = [] } = template.spec as { containers: Container[]; initContainers?: Container[] }
  const together = sum([...containers.map(requestsOf), ...injected])
  return initContainers.map(requestsOf).reduce(larger, together)
}
