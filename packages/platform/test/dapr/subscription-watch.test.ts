import { expect, test } from 'vitest'
import { DaprClient } from '@todo/platform/dapr/client'
import { SubscriptionWatch } from '@todo/platform/dapr/subscription-watch'
import { freePort } from '@todo/platform/free-port'
import { createLog } from '@todo/platform/log'
import { startFakeSidecar } from './fake-sidecar.ts'

const WANTED = [
  { pubsubname: 'events', topic: 'task-events', routes: { default: '/events/task-events' } },
  { pubsubname: 'events', topic: 'reminders', routes: { default: '/events/reminders' } },
]

async function watching(subscriptions?: { pubsubname: string; topic: string }[]) {
  const { client, requests } = await startFakeSidecar(undefined, { subscriptions })
  const shutdowns = () => requests.filter(({ path }) => path === '/v1.0/shutdown').length
  return { watch: watchBeside(client), shutdowns }
}

function watchBeside(client: DaprClient): SubscriptionWatch {
  return new SubscriptionWatch({ client, wanted: () => WANTED, log: createLog('test', 'silent') })
}

test('a sidecar that does not know a topic is told to end, when it had the time to learn of it', async () => {
  const { watch, shutdowns } = await watching([{ pubsubname: 'events', topic: 'task-events' }])
  await watch.look()
  expect(shutdowns()).toBe(0)
  await watch.look()
  expect(shutdowns()).toBe(1)
})

test('so is one that knows of nothing, and tells no list at all', async () => {
  const { watch, shutdowns } = await watching()
  await watch.look()
  await watch.look()
  expect(shutdowns()).toBe(1)
})

test('one that knows them is left alone, and one that is away is waited for', async () => {
  const { watch, shutdowns } = await watching(WANTED)
  const away = watchBeside(new DaprClient({ port: await freePort(), token: 'any' }))
  for (let n = 0; n < 3; n += 1) await Promise.all([watch.look(), away.look()])
  expect(shutdowns()).toBe(0)
})
