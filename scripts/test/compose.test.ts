import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, onTestFinished, test } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { settingsOf } from '@todo/dapr/services'
import { loadConfig, loadConfigs } from '@todo/platform/config'
import { SidecarConfig, WithDatabase, WithoutDatabase } from '@todo/platform/dapr/config'
import { SERVICE_NAMES } from '@todo/platform/service'
import { SERVICES } from '@todo/standalone'
import { TopicsConfig } from '@todo/topics/config'
import { topicSettings } from '@todo/topics/topics'
import { TARGETS } from '../images/targets.ts'

const REPOSITORY = fileURLToPath(new URL('../../', import.meta.url))

interface ComposeService {
  image: string
  build?: { target: string }
  environment?: Record<string, string | number | null>
  network_mode?: string
  depends_on?: Record<string, unknown>
  entrypoint?: string[]
  command?: string[]
  volumes?: string[]
  configs?: { source: string; target: string }[]
}

interface Compose {
  services: Record<string, ComposeService>
  volumes: Record<string, unknown>
  configs: Record<string, { content: string }>
}

const TEXT = readFileSync(join(REPOSITORY, 'compose.yaml'), 'utf8')
const NEEDED = new Set([...TEXT.matchAll(/\$\{(\w+):\?/g)].map(([, name]) => name!))

/** As Compose puts variables in: those that are needed have values of their own, the rest are not set. */
const filled = TEXT.replaceAll(/\$\{(\w+)(?::?([-?])([^}]*))?\}/g, (_, name: string, kind = '', fallback = '') =>
  NEEDED.has(name) ? `value-of-${name}-${'x'.repeat(32)}` : kind === '-' ? fallback : `missing-${name}`,
)
const compose = parse(filled, { merge: true }) as Compose

function environmentOf(name: string): Record<string, string> {
  const given = Object.entries(compose.services[name]?.environment ?? {})
  return Object.fromEntries(given.map(([key, value]) => [key, String(value ?? '')]))
}

test('the line at its head makes every variable that is needed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'todo-cloud-compose-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const line = /^# +(for name in .*)$/m.exec(TEXT)?.[1] ?? ''
  execFileSync('sh', ['-c', line], { cwd: folder })
  const made = readFileSync(join(folder, '.env'), 'utf8').trim().split('\n')
  expect(made.map((text) => text.replace(/=.*/, '')).toSorted()).toEqual([...NEEDED].toSorted())
  for (const text of made) expect(text).toMatch(/=[0-9a-f]{64}$/)
  expect(filled).not.toContain('missing-')
})

describe.each(SERVICE_NAMES)('the service %s', (name) => {
  const service = SERVICES.find((candidate) => candidate.name === name)!
  const sidecar = compose.services[`${name}-dapr`]!

  test('is given all that it needs, and the secrets that it may know, no others', () => {
    const environment = environmentOf(name)
    const schemas = { process: service.migrations ? WithDatabase : WithoutDatabase, service: service.config }
    expect(() => loadConfigs({ ...schemas, sidecar: SidecarConfig }, environment)).not.toThrow()
    const all = { DATABASE_URL: '', DATABASE_POOLED_URL: '', AUTH_SECRET: '', STREAM_SECRET: '', CHANNEL_SECRET: '' }
    // There is no pooler before a database for one laptop.
    const own = Object.keys(settingsOf(name, {}, all)).filter((key) => key !== 'DATABASE_POOLED_URL')
    expect(Object.keys(environment).filter((key) => key in all)).toEqual(own)
  })

  test('runs its own image beside its own sidecar, which knows the same tokens', () => {
    expect(compose.services[name]!.build?.target).toBe(name)
    expect(sidecar.network_mode).toBe(`service:${name}`)
    expect(sidecar.command).toEqual([`--app-id=${name}`])
    expect(sidecar.entrypoint).toContain('--app-port=8080')
    const { POD_NAME, GOMAXPROCS, ...tokens } = environmentOf(`${name}-dapr`)
    expect([POD_NAME, GOMAXPROCS]).toEqual([name, '1'])
    expect(environmentOf(name)).toMatchObject(tokens)
  })
})

test('everything that is named is there: images, files, volumes, configs, services', () => {
  const { services, volumes, configs } = compose
  for (const { build, depends_on: needs = {}, volumes: mounts = [], configs: files = [] } of Object.values(services)) {
    if (build) expect(TARGETS).toContain(build.target)
    for (const other of Object.keys(needs)) expect(services).toHaveProperty(other)
    for (const source of mounts.map((mount) => mount.split(':')[0]!)) {
      const isThere = source.startsWith('./') ? existsSync(join(REPOSITORY, source)) : source in volumes
      expect([source, isThere]).toEqual([source, true])
    }
    for (const { source } of files) expect(configs).toHaveProperty(source)
  }
})

test('the components find their secrets, under the name that the sidecar looks for', () => {
  const folder = join(REPOSITORY, 'dapr', 'components')
  const texts = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'))
  const wanted = texts.flatMap((text) => [...text.matchAll(/secretKeyRef: \{ name: (\S+), key: (\S+) \}/g)])
  const secrets = JSON.parse(compose.configs['sidecar-secrets']!.content) as Record<string, Record<string, string>>
  expect(wanted.length).toBeGreaterThan(0)
  for (const [, name, key] of wanted) expect(secrets[name!]).toHaveProperty(key!)
  expect(secrets['todo-cloud']!['database-url']).toBe(environmentOf('audit').DATABASE_URL)
  const [store] = parseAllDocuments(readFileSync(join(folder, '../components-local/secrets.yaml'), 'utf8'))
  expect(store?.getIn(['spec', 'metadata', 0, 'value'])).toBe('secrets.json')
  // The folder that the sidecar's image starts in.
  expect(compose.services['audit-dapr']!.configs).toEqual([{ source: 'sidecar-secrets', target: '/secrets.json' }])
})

test('Kafka is where everybody looks for it, and forgets no consumer before its events', () => {
  const kafka = environmentOf('kafka')
  const [broker] = loadConfig(TopicsConfig, environmentOf('topics')).KAFKA_BROKERS
  expect(kafka.KAFKA_ADVERTISED_LISTENERS).toBe(`PLAINTEXT://${broker}`)
  expect(compose.configs['sidecar-secrets']!.content).toContain(`"kafka-brokers": "${broker}"`)
  expect(kafka.KAFKA_AUTO_CREATE_TOPICS_ENABLE).toBe('false')
  const longest = Math.max(...topicSettings().map(({ config }) => config['retention.ms']!))
  expect(Number(kafka.KAFKA_OFFSETS_RETENTION_MINUTES) * 60_000).toBeGreaterThan(longest)
})
