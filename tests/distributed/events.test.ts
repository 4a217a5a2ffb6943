import { afterEach, beforeEach, expect, test } from 'vitest'
import type { TodoEvent } from '@todo/model/events'
import { DaprDeadLetters } from '@todo/platform/dapr/dead-letters'
import { DaprEventBus } from '@todo/platform/dapr/event-bus'
import { DaprInvoke } from '@todo/platform/dapr/invoke'
import { readRawMessage } from '@todo/platform/dapr/raw-message'
import type { Subscription } from '@todo/platform/event-bus'
import type { Invoke } from '@todo/platform/invoke'
import type { ServiceName } from '@todo/platform/service'
import { eventRecorder } from '@todo/platform/testing/event-recorder'
import { pollUntil } from '@todo/platform/testing/poll-until'
import { accountDeleted } from '@todo/platform/testing/sample-events'
import { openHouse, silent } from './support/house.ts'
import type { House } from './support/house.ts'
import { ManyAppsBus } from './support/many-apps-bus.ts'
import { SidecarApp } from './support/sidecar-app.ts'

const MEBIBYTE = 1024 * 1024

let house: House
let publisher: SidecarApp
let bus: ManyAppsBus

beforeEach(async () => {
  house = await openHouse()
  publisher = await SidecarApp.create({ house, appId: 'publisher' })
  await publisher.start()
  const publishing = new DaprEventBus({ client: publisher.client, service: 'backend', log: silent })
  bus = new ManyAppsBus({ house, round: `events-${Date.now()}`, attempts: 2, publisher: publishing })
})

afterEach(async () => {
  await bus.stop()
  await publisher.stop()
  await house.close()
})

const subscribe = (handle: Subscription['handle']) =>
  bus.subscribe({ consumer: 'audit', topic: 'task-events', names: ['account.deleted'], delivery: 'once', handle })

/** As something that is not our relay would publish it. */
const raw = (body: string) =>
  publisher.client.send({
    method: 'POST',
    path: '/v1.0/publish/events/task-events?metadata.rawPayload=true&metadata.partitionKey=same',
    headers: { 'content-type': 'application/cloudevents+json' },
    body,
  })

/** As a command would have them, beside an app that may call the consumers. */
function letters(): DaprDeadLetters {
  const invoke = new DaprInvoke({ client: publisher.client, streamAddresses: {} })
  const call: Invoke['call'] = (service, request) => invoke.call(bus.appIdOf(service) as ServiceName, request)
  return new DaprDeadLetters(house.database.database.pool, { call })
}

test('an event of a mebibyte and more arrives as it was sent, with its trace', async () => {
  const audit = eventRecorder()
  subscribe(audit.handle)
  await bus.start()
  const sent = accountDeleted() as TodoEvent<'account.deleted'> & { traceparent: string }
  sent.traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
  sent.data.userId = 'ü'.repeat(0.9 * MEBIBYTE)
  await bus.publish([sent])
  await pollUntil(() => audit.events.length === 1, { timeoutMs: 10_000 })
  expect(audit.events[0]).toEqual(sent)
})

test('a broken message holds back nothing, and is among the dead letters with its reason', async () => {
  const audit = eventRecorder()
  subscribe(audit.handle)
  await bus.start()
  const poison = [
    '{ not JSON',
    '42',
    '{"traceparent":5}',
    JSON.stringify({ ...accountDeleted('same'), type: 'todo.x.v9' }),
    '['.repeat(50_000) + ']'.repeat(50_000),
  ]
  for (const body of [...poison, 'x'.repeat(MEBIBYTE)]) await raw(body)
  await bus.publish([accountDeleted('same')])
  await pollUntil(() => audit.events.length === 1, { timeoutMs: 10_000 })
  const kept = await pollUntil(async () => {
    const found = await letters().list({ consumer: 'audit' })
    return found.length === 6 && found
  })
  expect(kept.map(({ event }) => (typeof event === 'string' ? event.slice(0, 10) : event))).toEqual([
    '{ not JSON',
    42,
    { traceparent: 5 },
    expect.objectContaining({ type: 'todo.x.v9' }),
    '[[[[[[[[[[',
    'xxxxxxxxxx',
  ])
})

test('a sidecar brings its consumer what it wants and what nobody declared, and keeps the rest', async () => {
  const brought: unknown[] = []
  const narrow = new DaprEventBus({ client: publisher.client, service: 'audit', log: silent })
  const { handle } = eventRecorder()
  narrow.subscribe({ consumer: 'audit', topic: 'task-events', names: ['task.completed'], delivery: 'once', handle })
  const app = await SidecarApp.create({
    house,
    appId: `narrow-${Date.now()}`,
    routes: {
      subscriptions: () => narrow.subscriptions(),
      mount: (scope) => {
        scope.addHook('preHandler', async ({ body, headers, method }) => {
          if (method === 'POST') brought.push((readRawMessage(body, headers).content as TodoEvent).id)
        })
        narrow.mount(scope)
      },
    },
  })
  await narrow.start()
  await app.start()
  try {
    const unwanted = accountDeleted('same')
    const wanted = { ...accountDeleted('same'), type: 'todo.task.completed.v1' } as TodoEvent
    const undeclared = { ...accountDeleted('same'), type: 'todo.x.v9' }
    await bus.publish([unwanted, wanted])
    await raw(JSON.stringify(undeclared))
    await pollUntil(() => brought.includes(undeclared.id), { timeoutMs: 10_000 })
    expect(brought).toEqual([wanted.id, undeclared.id])
  } finally {
    await narrow.stop()
    await app.stop()
  }
})

test('a dead letter that is given back goes to its consumer alone, and is gone when that could handle it', async () => {
  let isWell = false
  const seen: string[] = []
  subscribe(async ({ id }, { attempt }) => {
    seen.push(`${id} ${attempt}`)
    if (!isWell) throw new Error('still ill')
  })
  await bus.start()
  const sent = accountDeleted()
  await bus.publish([sent])
  await pollUntil(async () => (await letters().list('all')).length === 1, { timeoutMs: 10_000 })
  expect(await letters().replay('all')).toMatchObject({ delivered: 0, failed: [{ error: 'still ill' }] })
  isWell = true
  expect(await letters().replay({ consumer: 'audit' })).toEqual({ delivered: 1, failed: [] })
  expect(seen.at(-1)).toBe(`${sent.id} 1`)
  expect(await letters().list('all')).toEqual([])
})
