import { describe, expect, test } from 'vitest'
import { SERVICE_NAMES } from '@todo/platform/service'
import type { ServiceName } from '@todo/platform/service'
import { pollUntil } from '@todo/platform/testing/poll-until'
import { apply, helm, kubectl, kubectlJson } from './support/commands.ts'
import { memoryTable, memoryOf } from './support/memory.ts'
import { RELEASE, currentRelease, evaluateIn, firstPodOf, podsOf } from './support/release.ts'

const release = currentRelease()
const { namespace } = release

const firstOf = (service: ServiceName) => firstPodOf(namespace, service)

describe('the pods', () => {
  test.each(SERVICE_NAMES)('%s: every one is ready, with a sidecar beside its service', async (service) => {
    const pods = await podsOf(namespace, service)
    expect(pods.length).toBeGreaterThan(0)
    for (const pod of pods) {
      const names = pod.status.containerStatuses?.filter(({ ready }) => ready).map(({ name }) => name)
      expect(names?.toSorted()).toEqual([service, 'daprd'].toSorted())
    }
  })

  test('no service has a key to the API server, nor can it write anywhere but in its volumes', async () => {
    const script = `import { existsSync, writeFileSync } from 'node:fs'
      const canWrite = (file) => { try { writeFileSync(file, 'x'); return true } catch { return false } }
      process.stdout.write(JSON.stringify({ key: existsSync('/var/run/secrets/kubernetes.io/serviceaccount/token'),
        user: process.getuid(), app: canWrite('/app/x'), notes: canWrite('/notes/x') }))`
    for (const service of SERVICE_NAMES) {
      const { metadata } = await firstOf(service)
      const told: unknown = JSON.parse(await evaluateIn(namespace, metadata.name, service, script))
      expect({ service, told }).toEqual({ service, told: { key: false, user: 10001, app: false, notes: true } })
    }
  })

  test('would be let into a namespace with the restricted profile of Pod Security', async () => {
    const strict = `${namespace}-strict`
    const labels = { 'pod-security.kubernetes.io/enforce': 'restricted' }
    await apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: strict, labels } })
    try {
      const kinds = 'deployments,statefulsets'
      const { items } = await kubectlJson<{ items: { metadata: { name: string }; spec: { template: Template } }[] }>(
        'get',
        kinds,
        '-n',
        namespace,
      )
      expect(items).toHaveLength(SERVICE_NAMES.length + 2)
      for (const { metadata, spec } of items) await admit(strict, metadata.name, spec.template)
    } finally {
      await kubectl('delete', 'namespace', strict, '--wait=false')
    }
  })

  test('stay within the memory that they ask for', async () => {
    const used = await memoryOf(namespace)
    process.stdout.write(`${memoryTable(used)}\n`)
    expect(used.length).toBeGreaterThan(SERVICE_NAMES.length * 2)
    const over = used.filter(({ usedMiB, requestMiB }) => usedMiB > requestMiB)
    expect(over.map(({ pod, container, usedMiB }) => `${pod} ${container}: ${usedMiB} MiB`)).toEqual([])
  })
})

interface Template {
  metadata: { labels: Record<string, string> }
  spec: { serviceAccountName?: string; serviceAccount?: string; volumes?: object[] }
}

/** As the API server judges it, but for its sidecar, which is Dapr's: its installation says how that is started. */
async function admit(strict: string, name: string, { spec }: Template): Promise<void> {
  const { serviceAccountName: _name, serviceAccount: _old, volumes = [], ...rest } = spec
  const claimed = { name: 'data', emptyDir: {} }
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: strict },
    spec: { ...rest, volumes: [...volumes, claimed] },
  }
  await pollUntil(() => kubectl('get', 'serviceaccount', 'default', '-n', strict), { timeoutMs: 20_000 })
  await apply(pod, '--dry-run=server')
}

test('helm test signs up, completes a recurring task, and gets the next one', async () => {
  const said = await helm('test', RELEASE, '-n', namespace, '--logs', '--timeout', '3m')
  expect(said).toContain('the next occurrence is due 2040-02-15')
  expect(said).toContain('its history is there')
})

test('an operator lists dead letters from within a backend’s pod', async () => {
  const { metadata } = await firstOf('backend')
  const command = ['node', 'backend/src/main.ts', 'deadletters', 'list']
  expect(await kubectl('exec', '-n', namespace, metadata.name, '-c', 'backend', '--', ...command)).toBe('')
})
