import { expect, test } from 'vitest'
import type { TodoEvent } from '@todo/model/events'
import { DaprClient } from '@todo/platform/dapr/client'
import { Publisher } from '@todo/platform/dapr/publisher'
import { PublishError } from '@todo/platform/event-bus'
import { freePort } from '@todo/platform/free-port'
import { accountDeleted, viewChanged } from '@todo/platform/testing/sample-events'
import { startFakeSidecar, TOKENS } from './fake-sidecar.ts'

const eventsOf = (body: { event: TodoEvent }[]) => body.map(({ event }) => event)

async function unsureAfter(publishing: Promise<void>): Promise<string[]> {
  const error: unknown = await publishing.catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(PublishError)
  return [...(error as PublishError).eventIds]
}

test('events go in one request per topic, whole and in order, each under its key', async () => {
  const { requests, client } = await startFakeSidecar()
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
  const sent = [accountDeleted('a', 1), { ...accountDeleted('b', 2), traceparent }, viewChanged('c')]
  await new Publisher(client).publish(sent)
  expect(requests.map(({ path }) => path).toSorted()).toEqual([
    '/v1.0-alpha1/publish/bulk/events/task-events?metadata.rawPayload=true',
    '/v1.0-alpha1/publish/bulk/events/task-updates?metadata.rawPayload=true',
  ])
  const request = requests.find(({ path }) => path.includes('task-events'))
  expect(request?.headers['dapr-api-token']).toBe(TOKENS.dapr)
  expect(eventsOf(request?.body)).toEqual(sent.slice(0, 2))
  expect(request?.body[1].metadata).toEqual({
    partitionKey: 'b',
    'content-type': 'application/cloudevents+json',
    traceparent,
    tracestate: 'todo=account.deleted',
  })
})

test('a large batch goes in several requests, one after the other, and a large event in one of its own', async () => {
  const { requests, client } = await startFakeSidecar()
  const large = { ...accountDeleted('large'), data: { userId: 'x'.repeat(1_500_000), deletedAt: '' } }
  const sent = [...Array.from({ length: 4_000 }, (_, number) => accountDeleted('key', number)), large, accountDeleted()]
  await new Publisher(client).publish(sent)
  expect(requests.length).toBeGreaterThan(3)
  expect(requests.flatMap(({ body }) => eventsOf(body))).toEqual(sent)
  for (const { body } of requests.filter(({ body }) => body.length > 1)) {
    expect(JSON.stringify(body).length).toBeLessThan(1.1 * 1024 * 1024)
  }
  expect(requests.filter(({ body }) => body.length === 1).length).toBeGreaterThan(0)
})

test('what the broker did not take is named, and what was not tried after it, and nothing else', async () => {
  let answers = 0
  const { client, requests } = await startFakeSidecar(() => {
    answers += 1
    if (answers !== 2) return { status: 204 }
    const failedEntries = [{ entryId: '1501', error: 'no leader' }]
    return { status: 500, body: { errorCode: 'ERR_PUBSUB_PUBLISH_MESSAGE', failedEntries } }
  })
  const filling = { userId: 'x'.repeat(500), deletedAt: '' }
  const sent = Array.from({ length: 4_000 }, (_, number) => ({ ...accountDeleted('key', number), data: filling }))
  const first = new Publisher(client).publish(sent)
  const unsure = await unsureAfter(first)
  const tried = requests.flatMap(({ body }) => eventsOf(body)).length
  expect(requests).toHaveLength(2)
  expect(tried).toBeGreaterThan(1_501)
  expect(unsure).toEqual([sent[1_501]!.id, ...sent.slice(tried).map(({ id }) => id)])
})

test('after a failure no event overtakes an earlier one of its key that the broker did not take', async () => {
  let answers = 0
  const { client, requests } = await startFakeSidecar(() => {
    answers += 1
    if (answers > 2) return { status: 204 }
    return { status: 500, body: { failedEntries: [{ entryId: '0', error: 'no leader' }] } }
  })
  const publisher = new Publisher(client)
  await unsureAfter(publisher.publish([accountDeleted('before')]))
  const [a1, a2, b1, b2] = ['a', 'a', 'b', 'b'].map((key, number) => accountDeleted(key, number))
  const sent = [a1!, a2!, b1!, b2!]
  expect(await unsureAfter(publisher.publish(sent))).toEqual([a1!.id, a2!.id])
  const ids = requests.slice(1).map(({ body }) => eventsOf(body).map(({ id }) => id))
  expect(ids).toEqual([[a1!.id, b1!.id], [b2!.id]])
})

test('nor when another key got through in between: partitions recover one by one', async () => {
  let isAway = true
  const { client, requests } = await startFakeSidecar(() => ({ status: isAway ? 500 : 204 }))
  const publisher = new Publisher(client)
  const [a1, a2] = [accountDeleted('a', 1), accountDeleted('a', 2)]
  await unsureAfter(publisher.publish([a1]))
  isAway = false
  await publisher.publish([accountDeleted('b')])
  requests.splice(0)
  await publisher.publish([a1, a2])
  expect(requests.map(({ body }) => eventsOf(body))).toEqual([[a1], [a2]])
})

test('a sidecar that refuses without naming any, or is away, leaves nothing sure', async () => {
  const sent = [accountDeleted(), accountDeleted()]
  const { client } = await startFakeSidecar(() => ({ status: 500, body: 'no' }))
  expect(await unsureAfter(new Publisher(client).publish(sent))).toEqual(sent.map(({ id }) => id))
  const away = new DaprClient({ port: await freePort(), token: TOKENS.dapr })
  expect(await unsureAfter(new Publisher(away).publish(sent))).toEqual(sent.map(({ id }) => id))
})

test('a broker that has no bulk of its own gets the events of one key one after the other', async () => {
  const { requests, client } = await startFakeSidecar(undefined, { capabilities: [] })
  const sent = [accountDeleted('a', 1), accountDeleted('b', 2), accountDeleted('a', 3), accountDeleted('a', 4)]
  await new Publisher(client).publish(sent)
  const [a1, b2, a3, a4] = sent
  expect(requests.map(({ body }) => eventsOf(body))).toEqual([[a1, b2], [a3], [a4]])
})

test('of a key, what comes after an event that could not be published is not published either', async () => {
  const isLater = ({ body }: { body: { event: TodoEvent }[] }) => body.length === 1
  const answer = (request: { body: { event: TodoEvent }[] }) => ({ status: isLater(request) ? 500 : 204 })
  const { requests, client } = await startFakeSidecar(answer, { capabilities: [] })
  const sent = [accountDeleted('a', 1), accountDeleted('b', 2), accountDeleted('a', 3), accountDeleted('a', 4)]
  const unsure = await unsureAfter(new Publisher(client).publish(sent))
  expect(unsure).toEqual([sent[2]!.id, sent[3]!.id])
  expect(requests).toHaveLength(2)
})
