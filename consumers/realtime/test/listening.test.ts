import { expect, onTestFinished, test } from 'vitest'
import { pollUntil } from '@todo/platform/testing/poll-until'
import type { TodoEvent } from '@todo/model/events'
import { startRealtime } from './realtime-service.ts'

async function start(...[broker]: Parameters<typeof startRealtime>) {
  const realtime = await startRealtime(broker)
  onTestFinished(() => realtime.close())
  return realtime
}

test('a browser that came before everything could be heard is told to fetch afresh, once, when it can', async () => {
  let isFirst = true
  const published: TodoEvent[][] = []
  const realtime = await start(async (events, deliver) => {
    published.push([...events])
    // Of the first probes, those of one partition came before the subscription had begun there.
    await deliver(isFirst ? events.slice(10) : events)
    isFirst = false
  })
  const tab = await realtime.connect('ada')
  expect(await tab.received(1)).toMatchObject([{ event: 'reset', id: tab.lastEventId }])
  expect(published.map(({ length }) => length)).toEqual([64, 10])
  expect(new Set(published[0]!.map(({ partitionkey }) => partitionkey)).size).toBe(64)
})

test('a broker that is away is asked again until it is there', async () => {
  let tries = 0
  const realtime = await start(async (events, deliver) => {
    tries += 1
    if (tries < 3) throw new Error('the broker is away')
    await deliver(events)
  })
  const tab = await realtime.connect('ada')
  expect(await tab.received(1)).toMatchObject([{ event: 'reset' }])
})

test('probes of another replica say nothing about this one', async () => {
  const heard: unknown[] = []
  const realtime = await start(async (events, deliver) => {
    const others = events.map((event): TodoEvent => ({
      ...event,
      data: { ...event.data, replica: 'another' } as never,
    }))
    await deliver(heard.length < 2 ? others : events)
    heard.push(others)
  })
  const tab = await realtime.connect('ada')
  await pollUntil(() => heard.length === 2)
  expect(tab.events.map(({ event }) => event)).toEqual(['ready'])
  await tab.received(1)
})

test('a service that stops asks no more', async () => {
  let tries = 0
  const realtime = await start(async () => {
    tries += 1
  })
  await pollUntil(() => tries === 2)
  await realtime.stop()
  const tab = pollUntil(() => tries > 2, { timeoutMs: 1_200 })
  await expect(tab).rejects.toThrow('did not come true')
})
