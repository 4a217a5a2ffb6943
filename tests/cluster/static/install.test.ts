import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { parse } from 'yaml'
import { command, DOKS, REPOSITORY } from './support/command.ts'
import { standIns } from './support/stand-in.ts'
import type { StandIns } from './support/stand-in.ts'

const EMAIL = { ACME_EMAIL: 'ops@example.org' }

let programs: StandIns
beforeEach(async () => {
  programs = await standIns({ helm: '', kubectl: 'cat >/dev/null' })
})
afterEach(() => programs.close())

const install = (args: string[], env: Record<string, string>) =>
  command(`${DOKS}/install.sh`, args, { env: { ...env, PATH: programs.folder } })

test('the cluster gets an ingress, certificates, metrics, Dapr and Strimzi, each in its pinned version or not at all', async () => {
  expect(await install([], EMAIL)).toMatchObject({ code: 0, stderr: '' })
  const releases = (await programs.calls()).filter((call) => call.startsWith('helm upgrade'))
  expect(releases.map((call) => call.split(' ')[3])).toEqual([
    'traefik',
    'cert-manager',
    'metrics-server',
    'dapr',
    'strimzi',
  ])
  for (const call of releases)
    expect(call).toMatch(/ --version v?\d+\.\d+\.\d+ .*--values values\/[a-z-]+\.yaml --atomic /)
})

test("a chart's definitions are brought up to date before the chart", async () => {
  await install(['dapr'], EMAIL)
  const calls = (await programs.calls()).map((call) => call.split(' ').slice(0, 2).join(' '))
  // The two ends of a pipe start in any order.
  expect(calls.slice(0, 2).sort()).toEqual(['helm show', 'kubectl apply'])
  expect(calls.slice(2)).toEqual(['helm upgrade'])
})

test('another namespace of the app is the one that Strimzi looks into', async () => {
  await install(['strimzi'], { ...EMAIL, NAMESPACE: 'todo-blue' })
  const calls = await programs.calls()
  expect(calls).toContain('kubectl create namespace todo-blue --dry-run=client --output yaml')
  expect(calls.at(-2)).toContain('--set watchNamespaces={todo-blue}')
})

test("the app's namespace takes restricted pods alone, once Strimzi and Dapr make theirs so", async () => {
  await install([], EMAIL)
  const label = 'kubectl label namespace todo-cloud --overwrite pod-security.kubernetes.io/enforce=restricted'
  expect((await programs.calls()).at(-1)).toBe(label)
  const valuesOf = async (part: string) =>
    parse(await readFile(join(REPOSITORY, DOKS, `values/${part}.yaml`), 'utf8')) as Record<string, unknown>
  const provider = { name: 'STRIMZI_POD_SECURITY_PROVIDER_CLASS', value: 'restricted' }
  expect((await valuesOf('strimzi')).extraEnvs).toEqual([provider])
  expect((await valuesOf('dapr')).dapr_sidecar_injector).toMatchObject({ sidecarDropALLCapabilities: true })
})

test.each([
  { why: 'without an address for warnings of certificates', args: [], env: {}, says: 'ACME_EMAIL is not set' },
  { why: 'for a part that there is not', args: ['redis'], env: EMAIL, says: 'There is no redis here' },
  { why: 'for another ingress', args: [], env: { ...EMAIL, INGRESS: 'haproxy' }, says: 'traefik or ingress-nginx' },
  { why: 'for nginx without a name', args: [], env: { ...EMAIL, INGRESS: 'ingress-nginx' }, says: 'PUBLIC_HOST' },
])('nothing is installed $why', async ({ args, env, says }) => {
  const { code, stderr } = await install(args, env)
  expect(code).toBe(1)
  expect(stderr).toContain(says)
  expect(await programs.calls()).toEqual([])
})

test('Dapr has mutual TLS, one of each part, and is 1.17.7 or newer', async () => {
  const { global } = parse(await readFile(join(REPOSITORY, DOKS, 'values/dapr.yaml'), 'utf8'))
  expect(global).toMatchObject({ mtls: { enabled: true }, ha: { enabled: false }, scheduler: { enabled: true } })
  const pins = await readFile(join(REPOSITORY, DOKS, 'charts.env'), 'utf8')
  const [, minor, patch] = /^DAPR_CHART=1\.(\d+)\.(\d+)$/m.exec(pins) ?? []
  expect(Number(minor) * 1000 + Number(patch)).toBeGreaterThanOrEqual(17_007)
})

test.each(['traefik', 'ingress-nginx', 'cert-manager', 'metrics-server', 'dapr', 'strimzi'])(
  'every container of %s says what it asks for, and where its memory ends',
  async (part) => {
    const values = parse(await readFile(join(REPOSITORY, DOKS, `values/${part}.yaml`), 'utf8')) as unknown
    const resources = resourcesIn(values)
    expect(resources.length).toBeGreaterThan(0)
    for (const one of resources)
      expect(one).toEqual({
        requests: { cpu: expect.stringMatching(/^\d+m$/), memory: expect.stringMatching(/^\d+Mi$/) },
        limits: { memory: expect.stringMatching(/^\d+Mi$/) },
      })
  },
)

function resourcesIn(values: unknown): unknown[] {
  if (typeof values !== 'object' || values === null) return []
  return Object.entries(values).flatMap(([key, value]) => (key === 'resources' ? [value] : resourcesIn(value)))
}
