import { expect, test } from 'vitest'
import { requestsIn } from '../k8s-budget/foundations.ts'
import { sharesOf } from '../k8s-budget/rendered.ts'
import { sum } from '../k8s-budget/quantities.ts'
import type { Manifest } from '../k8s-budget/rendered.ts'

const container = (cpu: string, memory: string) => ({ name: 'a container', resources: { requests: { cpu, memory } } })

const deployment = (template: NonNullable<Manifest['spec']>['template'], spec: Manifest['spec'] = {}): Manifest => ({
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: { strategy: { rollingUpdate: { maxSurge: 0 } }, ...spec, template: template! },
})

const totalOf = (...manifests: Manifest[]) => sum(sharesOf(manifests).map(({ amount }) => amount))

test('a pod counts with its sidecar, as often as it runs', () => {
  const annotations = {
    'dapr.io/enabled': 'true',
    'dapr.io/sidecar-cpu-request': '25m',
    'dapr.io/sidecar-memory-request': '96Mi',
  }
  const template = { metadata: { annotations }, spec: { containers: [container('0.1', '1Gi')] } }
  expect(totalOf(deployment(template, { replicas: 3 }))).toEqual({ cpu: 375, memory: 3 * (1024 + 96) })
})

test('a pod that an upgrade starts beside the others counts too, and the largest Job', () => {
  const template = { metadata: {}, spec: { containers: [container('100m', '100Mi')] } }
  const surging = deployment(template, { replicas: 2, strategy: { rollingUpdate: { maxSurge: 1 } } })
  const job = (memory: string): Manifest => ({
    kind: 'Job',
    metadata: { name: 'migrations' },
    spec: { template: { metadata: {}, spec: { containers: [container('10m', memory)] } } },
  })
  expect(totalOf(surging, job('10Mi'), job('20Mi'))).toEqual({ cpu: 310, memory: 320 })
})

test('what is scaled counts with the fewest that it may be', () => {
  const template = { metadata: {}, spec: { containers: [container('100m', '100Mi')] } }
  const scaler = {
    kind: 'HorizontalPodAutoscaler',
    metadata: { name: 'web' },
    spec: { scaleTargetRef: { name: 'web' }, minReplicas: 4 },
  }
  expect(totalOf(deployment(template), scaler)).toEqual({ cpu: 400, memory: 400 })
})

test('what runs before counts only where it asks for more', () => {
  const spec = { containers: [container('100m', '64Mi')], initContainers: [container('50m', '128Mi')] }
  expect(totalOf(deployment({ metadata: {}, spec }))).toEqual({ cpu: 100, memory: 128 })
})

test('a broker of Strimzi counts with its operators', () => {
  const resources = { requests: { cpu: '10m', memory: '32Mi' } }
  const kafka = {
    kind: 'Kafka',
    metadata: { name: 'k' },
    spec: { entityOperator: { topicOperator: { resources }, userOperator: { resources } } },
  }
  const pool = { kind: 'KafkaNodePool', metadata: { name: 'k' }, spec: { replicas: 3, resources } }
  expect(totalOf(kafka, pool)).toEqual({ cpu: 50, memory: 160 })
})

test('what makes no pod does not count', () => {
  expect(totalOf({ kind: 'Secret', metadata: { name: 'a secret' } })).toEqual({ cpu: 0, memory: 0 })
})

test('what does not say what it needs is refused, and not taken for nothing', () => {
  const spec = { containers: [{ name: 'silent' }] }
  expect(() => totalOf(deployment({ metadata: {}, spec }))).toThrow('the container silent does not say what it needs')
})

test('all parts of a chart count, each as often as the chart runs it', () => {
  const resources = { requests: { cpu: '10m', memory: '10Mi' } }
  expect(requestsIn('dapr', { dapr_operator: { resources }, dapr_scheduler: { resources } })).toEqual({
    cpu: 40,
    memory: 40,
  })
  expect(requestsIn('traefik', { deployment: { replicas: 2 }, resources })).toEqual({ cpu: 20, memory: 20 })
  expect(requestsIn('cert-manager', { resources, startupapicheck: { resources } })).toEqual({ cpu: 10, memory: 10 })
})
