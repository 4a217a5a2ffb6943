import { expect, test } from 'vitest'
import { requestsIn } from '../k8s-budget/foundations.ts'
import { shareOf } from '../k8s-budget/rendered.ts'
import type { Manifest } from '../k8s-budget/rendered.ts'

const container = (cpu: string, memory: string) => ({ name: 'a container', resources: { requests: { cpu, memory } } })

const deployment = (template: NonNullable<Manifest['spec']['template']>, replicas?: number): Manifest => ({
  kind: 'Deployment',
  metadata: { name: 'web' },
  spec: { ...(replicas ? { replicas } : {}), template },
})

test('a pod counts with its sidecar, as often as it runs', () => {
  const annotations = {
    'dapr.io/enabled': 'true',
    'dapr.io/sidecar-cpu-request': '25m',
    'dapr.io/sidecar-memory-request': '96Mi',
  }
  const template = { metadata: { annotations }, spec: { containers: [container('0.1', '1Gi')] } }
  expect(shareOf(deployment(template, 3))?.amount).toEqual({ cpu: 375, memory: 3 * (1024 + 96) })
})

test('what runs before counts only where it asks for more', () => {
  const spec = { containers: [container('100m', '64Mi')], initContainers: [container('50m', '128Mi')] }
  expect(shareOf(deployment({ metadata: {}, spec }))?.amount).toEqual({ cpu: 100, memory: 128 })
})

test('a broker of Strimzi counts with its operators', () => {
  const resources = { requests: { cpu: '10m', memory: '32Mi' } }
  const kafka = {
    kind: 'Kafka',
    metadata: { name: 'k' },
    spec: { entityOperator: { topicOperator: { resources }, userOperator: { resources } } },
  }
  const pool = { kind: 'KafkaNodePool', metadata: { name: 'k' }, spec: { replicas: 3, resources } }
  expect(shareOf(kafka)?.amount).toEqual({ cpu: 20, memory: 64 })
  expect(shareOf(pool)?.amount).toEqual({ cpu: 30, memory: 96 })
})

test('what makes no pod that stays does not count', () => {
  expect(shareOf({ kind: 'Job', metadata: { name: 'migrations' }, spec: {} })).toBeNull()
})

test('what does not say what it needs is refused, and not taken for nothing', () => {
  const spec = { containers: [{ name: 'silent' }] }
  expect(() => shareOf(deployment({ metadata: {}, spec }))).toThrow('the container silent does not say what it needs')
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
