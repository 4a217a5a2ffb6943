import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ConfigResourceTypes } from '@platformatic/kafka'
import type { Admin } from '@platformatic/kafka'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { startKafka } from '@todo/dapr/kafka'
import type { Kafka } from '@todo/dapr/kafka'
import { freePort } from '@todo/platform/free-port'
import { pollUntil } from '@todo/platform/testing/poll-until'
import { applyTopics } from '@todo/topics/apply-topics'
import { withAdmin } from '@todo/topics/kafka-admin'
import { topicSettings } from '@todo/topics/topics'

const MAIN = fileURLToPath(new URL('../../packages/topics/src/main.ts', import.meta.url))

let folder: string
let kafka: Kafka
/** Where Kafka will be: the program starts before it. */
let port: number

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'todo-cloud-topics-'))
  port = await freePort()
})

afterAll(async () => {
  await kafka?.stop()
  await rm(folder, { recursive: true, force: true })
})

function startProgram(env: Record<string, string>) {
  const { PATH = '' } = process.env
  const child = spawn(process.execPath, [MAIN], {
    env: { PATH, KAFKA_BROKERS: `127.0.0.1:${port}`, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const heard = { said: '', complained: '' }
  child.stdout.on('data', (data: Buffer) => (heard.said += data.toString()))
  child.stderr.on('data', (data: Buffer) => (heard.complained += data.toString()))
  onTestFinished(() => void child.kill('SIGKILL'))
  return { heard, ended: once(child, 'close').then(() => child.exitCode) }
}

async function run(env: Record<string, string> = {}) {
  const { heard, ended } = startProgram(env)
  return { code: await ended, ...heard }
}

async function settingsOf(admin: Admin, name: string): Promise<Record<string, string | null | undefined>> {
  const resource = { resourceType: ConfigResourceTypes.TOPIC, resourceName: name }
  const [described] = await admin.describeConfigs({ resources: [resource] })
  return Object.fromEntries(described!.configs.map((config) => [config.name, config.value]))
}

test('it waits for the broker, says once what it waits for, and makes every topic', async () => {
  const { heard, ended } = startProgram({})
  await pollUntil(() => heard.complained !== '')
  kafka = await startKafka({ dataFolder: folder, env: process.env, port })
  expect(await ended).toBe(0)
  expect(heard.complained).toMatch(/^KAFKA_BROKERS: 127\.0\.0\.1:\d+ .*\n$/)
  await withAdmin(kafka.brokers, async (admin) => {
    expect((await admin.listTopics()).toSorted()).toEqual(
      topicSettings()
        .map(({ name }) => name)
        .toSorted(),
    )
    for (const { name, config } of topicSettings()) {
      const settings = await settingsOf(admin, name)
      for (const [key, value] of Object.entries(config)) expect([name, settings[key]]).toEqual([name, String(value)])
    }
  })
})

test('run again it changes nothing, and what was changed by hand is as the file says again', async () => {
  const again = await run()
  expect(again).toEqual({
    code: 0,
    said: expect.stringMatching(/^\d+ topics are as they should be\.\n$/),
    complained: '',
  })
  await withAdmin(kafka.brokers, async (admin) => {
    const topics = [{ name: 'reminders', partitions: 6, config: { 'retention.ms': 60_000 } }]
    await applyTopics(admin, { topics })
    expect((await settingsOf(admin, 'reminders'))['retention.ms']).toBe('60000')
  })
  expect((await run()).said).toContain('reminders: retention.ms 60000 → 1209600000')
})

test('a topic gets more partitions when the file has more, and never fewer', async () => {
  await withAdmin(kafka.brokers, async (admin) => {
    const partitionsOf = async () => {
      const { topics } = await admin.metadata({ topics: ['grows'], forceUpdate: true })
      return topics.get('grows')?.partitionsCount
    }
    const apply = (partitions: number) =>
      applyTopics(admin, { topics: [{ name: 'grows', partitions, config: {} }] }).then(() =>
        pollUntil(async () => (await partitionsOf()) === Math.max(partitions, 3)),
      )
    await apply(3)
    await apply(5)
    await applyTopics(admin, { topics: [{ name: 'grows', partitions: 2, config: {} }] })
    expect(await partitionsOf()).toBe(5)
  })
})

test.each([
  [{ KAFKA_SASL_MECHANISM: 'scram-sha-512' }, /KAFKA_USERNAME: is needed.*\n.*KAFKA_PASSWORD: is needed/],
  [{ KAFKA_BROKERS: 'kafka' }, /KAFKA_BROKERS: must be host:port/],
  [{ KAFKA_CA_FILE: '/nowhere/ca.pem' }, /KAFKA_CA_FILE: must be a file/],
  [{ KAFKA_TLS: 'true', WAIT_SECONDS: '0' }, /^KAFKA_TLS: 127\.0\.0\.1:\d+ does not speak TLS/],
  [
    { KAFKA_SASL_MECHANISM: 'plain', KAFKA_USERNAME: 'u', KAFKA_PASSWORD: 'p', WAIT_SECONDS: '0' },
    /^KAFKA_SASL_MECHANISM, KAFKA_USERNAME or KAFKA_PASSWORD: /,
  ],
])('%j ends with the name of the variable that is wrong', async (env, message) => {
  const { code, complained } = await run(env)
  expect(complained).toMatch(message)
  expect(code).toBe(1)
})

test('more copies than there are brokers is a problem of REPLICATION', async () => {
  await withAdmin(kafka.brokers, (admin) => admin.deleteTopics({ topics: ['reminders.audit.dead'] }))
  const { code, complained } = await run({ REPLICATION: '3', WAIT_SECONDS: '0' })
  expect(complained).toMatch(/^REPLICATION: there are not 3 brokers/)
  expect(code).toBe(1)
})
