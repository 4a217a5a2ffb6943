import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startKafka } from '@todo/dapr/kafka'
import type { Kafka } from '@todo/dapr/kafka'
import { createTopics } from '@todo/topics/apply-topics'
import { DaprEventBus } from '@todo/platform/dapr/event-bus'
import { PublishError } from '@todo/platform/event-bus'
import { eventRecorder } from '@todo/platform/testing/event-recorder'
import { pollUntil } from '@todo/platform/testing/poll-until'
import { accountDeleted } from '@todo/platform/testing/sample-events'
import { openHouse, silent } from './support/house.ts'
import type { House } from './support/house.ts'
import { ManyAppsBus } from './support/many-apps-bus.ts'
import { SidecarApp } from './support/sidecar-app.ts'

let folder: string
let kafka: Kafka
let house: House
let publisher: SidecarApp

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'todo-cloud-outage-'))
  kafka = await startKafka({ dataFolder: folder, env: process.env })
  await createTopics(kafka.brokers)
  house = await openHouse(kafka.brokers)
  publisher = await SidecarApp.create({ house, appId: 'publisher' })
  await publisher.start()
})

afterAll(async () => {
  await publisher.stop()
  await house.close()
  await kafka.stop()
  await rm(folder, { recursive: true, force: true })
})

test('while Kafka is away a publish fails in time, naming every event; when it is back, all goes on by itself', async () => {
  const publishing = new DaprEventBus({ client: publisher.client, service: 'backend', log: silent })
  const bus = new ManyAppsBus({ house, round: 'outage', attempts: 3, publisher: publishing })
  const audit = eventRecorder()
  const { handle } = audit
  bus.subscribe({ consumer: 'audit', topic: 'task-events', names: ['account.deleted'], delivery: 'once', handle })
  await bus.start()
  await bus.publish([accountDeleted('before')])
  await pollUntil(() => audit.events.length === 1, { timeoutMs: 10_000 })

  kafka.kill('SIGKILL')
  await kafka.exited
  const lost = [accountDeleted('a'), accountDeleted('b')]
  const triedAt = Date.now()
  const error: unknown = await bus.publish(lost).catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(PublishError)
  expect((error as PublishError).eventIds).toEqual(new Set(lost.map(({ id }) => id)))
  expect(Date.now() - triedAt).toBeLessThan(15_000)

  kafka = await startKafka({ dataFolder: folder, port: kafka.port, env: process.env })
  await pollUntil(() => bus.publish(lost).then(() => true), { timeoutMs: 30_000, intervalMs: 200 })
  await pollUntil(() => audit.events.length >= 3, { timeoutMs: 30_000 })
  expect(new Set(audit.events.map(({ id }) => id)).size).toBe(3)
  await bus.stop()
})
