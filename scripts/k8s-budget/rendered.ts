import { amountOf, larger, sum, times } from './quantities.ts'
import type { Amount, Requests } from './quantities.ts'

export interface Share {
  what: string
  amount: Amount
}

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
  metadata: { name: string }
  spec: {
    replicas?: number
    template?: PodTemplate
    resources?: Resources
    entityOperator?: { topicOperator: { resources: Resources }; userOperator: { resources: Resources } }
  }
}

const requestsOf = ({ name, resources }: Container) => amountOf(resources?.requests ?? {}, `the container ${name}`)

/** What the scheduler keeps free for all that a manifest makes; null for what makes no pod that stays. */
export function shareOf({ kind, metadata, spec }: Manifest): Share | null {
  const { replicas = 1, template, resources = {}, entityOperator } = spec
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
