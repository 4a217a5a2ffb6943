import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseAllDocuments } from 'yaml'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { apply, command, helm, kubectl } from './support/commands.ts'
import { CHART, RELEASE } from './support/release.ts'

const EXAMPLES = join(CHART, 'examples')
const DOKS = fileURLToPath(new URL('../../k8s/clusters/doks/values.yaml', import.meta.url))
const examples = readdirSync(EXAMPLES).map((file) => [file, join(EXAMPLES, file)] as const)
const BUDGET = fileURLToPath(new URL('../../scripts/k8s-budget.ts', import.meta.url))
const namespace = 'todo-rendering'
const KUBERNETES = ['--kube-version', '1.34.0']

const render = (...args: string[]) => helm('template', RELEASE, CHART, '--namespace', namespace, ...KUBERNETES, ...args)
const kindsIn = (text: string) =>
  parseAllDocuments(text).flatMap((document) => (document.toJS() as { kind: string } | null)?.kind ?? [])

beforeAll(() => apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } }))
afterAll(() => kubectl('delete', 'namespace', namespace, '--wait=false'))

describe.each([...examples, ['values for DigitalOcean', DOKS] as const])('%s', (_name, file) => {
  const given = ['--values', file, ...(file === DOKS ? ['--set', 'publicUrl=https://todo.example.org'] : [])]

  test('is what the API server takes, with no field that it does not know', async () => {
    for (const how of [[], ['--is-upgrade']]) {
      const text = await render(...given, ...how)
      const said = await apply(text, '--namespace', namespace, '--server-side', '--dry-run=server', '--validate=strict')
      const made = said.split('\n').filter((line) => line.endsWith('serverside-applied (server dry run)'))
      expect(made).toHaveLength(kindsIn(text).length)
    }
  })

  test('passes helm lint', async () => {
    expect(await helm('lint', CHART, '--strict', ...given)).toContain('0 chart(s) failed')
  })
})

test('a topic is in the Strimzi form where Strimzi makes it, and a Job makes all of them elsewhere', async () => {
  const strimzi = kindsIn(await render('--values', join(EXAMPLES, 'large.yaml')))
  expect(strimzi.filter((kind) => kind === 'KafkaTopic')).toHaveLength(10)
  for (const other of ['tiny', 'redpanda', 'external']) {
    const text = await render('--values', join(EXAMPLES, `${other}.yaml`))
    expect(kindsIn(text)).not.toContain('KafkaTopic')
    expect(text).toContain('todo-cloud-topics')
  }
})

describe('npm run k8s:budget', () => {
  const budget = (...args: string[]) => command(process.execPath, [BUDGET, ...args])

  test('says that all of it fits two small nodes, also while it is upgraded', async () => {
    expect(await budget()).toMatch(/\d+ m +\d+ MiB {2}all of it\nThe budget is 3200 m and 5000 MiB\./)
  })

  test('fails when it does not', async () => {
    await expect(budget('--set', 'services.backend.replicas=5')).rejects.toThrow('more than two small nodes have')
  })
})

describe('a wrong value is refused, by its name', () => {
  const tiny = ['--values', join(EXAMPLES, 'tiny.yaml')]

  test.each([
    ['publicUrl=nowhere', '/publicUrl'],
    ['publicUrl=https://todo.example.org/app', '/publicUrl'],
    ['kafka.mode=zookeeper', "/kafka/mode': value must be one of 'strimzi', 'redpanda', 'single', 'external'"],
    ['kafka.mode=external', 'kafka.external.brokers is needed'],
    ['kafka.strimzi.replicas=2,kafka.mode=strimzi', 'kafka.strimzi.replicas must be 1, or 3 and more'],
    ['postgres.mode=external', 'postgres.external.url is needed'],
    ['postgres.external.url=mysql://host/db', '/postgres/external/url'],
    ['services.backend.replicas=many', '/services/backend/replicas'],
    ['services.backnd.replicas=2', "'backnd' not allowed"],
    ['services.realtime.keda.enabled=true', 'services.realtime.keda.enabled: it has no consumer group'],
    ['services.audit.keda.enabled=true,services.audit.autoscaling.enabled=true', 'enable one of them'],
    ['image.digests.backend=latest', '/image/digests/backend'],
    [
      'services.audit.autoscaling.enabled=true,services.audit.autoscaling.minReplicas=9',
      'minReplicas is more than maxReplicas',
    ],
    ['postgres.mode=external,postgres.external.url=postgres://a:b@host/db', 'sslmode'],
    ['ingress.enabled=true', 'ingress.tls needs ingress.clusterIssuer'],
    ['tracing.otlpEndpoint=http://collector:4318', 'networkPolicies.otlp.to is needed'],
    ['services.backend.env.DATABASE_URL=x', "invalid propertyName 'DATABASE_URL'"],
    ['fullnameOverride=Abc_D', '/fullnameOverride'],
    ['smtp.url=mail.example.org', '/smtp/url'],
    ['kafka.external.sasl.mechanism=PLAIN', '/kafka/external/sasl/existingSecret'],
  ])('%s', async (setting, said) => {
    await expect(render(...tiny, '--set', setting)).rejects.toThrow(said)
  })
})
