import { connect } from 'node:net'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createEvent } from '@todo/platform/create-event'
import { loadConfig } from '@todo/platform/config'
import { EmbeddedInvoke } from '@todo/platform/embedded/invoke'
import { pollUntil } from '@todo/platform/testing/poll-until'
import { signTicket } from '@todo/platform/ticket'
import { RealtimeConfig } from '../src/service.ts'
import { NOW, SECRET, startRealtime, streamHeaders, taskChanged } from './realtime-service.ts'

let realtime: Awaited<ReturnType<typeof startRealtime>>
beforeEach(async () => {
  realtime = await startRealtime()
})
afterEach(() => realtime.close())

describe('a browser that is connected', () => {
  it('is greeted with the id from which it could go on', async () => {
    const tab = await realtime.connect('ada')
    expect(tab.events).toEqual([{ event: 'ready', id: tab.lastEventId, data: { id: tab.lastEventId } }])
  })

  it('sees a change of what its person may see, without the names of the others who do', async () => {
    const tab = await realtime.connect('ada')
    const event = taskChanged(['ada', 'grace'])
    await realtime.handle(event)
    const { audience: _, ...data } = event.data as Record<string, unknown>
    expect(await tab.received(1)).toEqual([
      { event: 'task.changed', id: tab.lastEventId, data: { eventId: event.id, ...data } },
    ])
  })

  it('sees changes of lists, tags and notifications', async () => {
    const tab = await realtime.connect('ada')
    const view = { resource: 'lists' as const, id: 'list-1', audience: ['ada'], clientId: null }
    const event = createEvent('view.changed', 'ada', view, { now: NOW, source: 'backend' })
    await realtime.handle(event)
    const [notice] = await tab.received(1)
    expect(notice).toMatchObject({
      event: 'view.changed',
      data: { eventId: event.id, resource: 'lists', id: 'list-1', clientId: null },
    })
  })

  it('never sees what others see', async () => {
    const [ada, eve] = [await realtime.connect('ada'), await realtime.connect('eve')]
    await realtime.handle(taskChanged(['ada'], { version: 1 }))
    await realtime.handle(taskChanged(['eve'], { version: 2 }))
    await realtime.handle(taskChanged(['ada', 'eve'], { version: 3 }))
    const versions = async (tab: typeof ada) => (await tab.received(2)).map(({ data }) => data.version)
    expect([await versions(ada), await versions(eve)]).toEqual([
      [1, 3],
      [2, 3],
    ])
  })

  it('sees a change once when its event is delivered twice, and late ones in the order they came', async () => {
    const tab = await realtime.connect('ada')
    const [first, second] = [taskChanged(['ada'], { version: 1 }), taskChanged(['ada'], { version: 2 })]
    for (const event of [second, first, second, first]) await realtime.handle(event)
    await realtime.handle(taskChanged(['ada'], { version: 3 }))
    expect((await tab.received(3)).map(({ data }) => data.version)).toEqual([2, 1, 3])
  })

  it('shares a change with every tab of its person', async () => {
    const tabs = await Promise.all([1, 2, 3].map(() => realtime.connect('ada')))
    await realtime.handle(taskChanged(['ada']))
    for (const tab of tabs) expect(await tab.received(1)).toHaveLength(1)
  })
})

describe('a browser that comes back', () => {
  it('gets what it missed, its own only, and then goes on', async () => {
    const tab = await realtime.connect('ada')
    await realtime.handle(taskChanged(['ada'], { version: 1 }))
    await tab.received(1)
    tab.close()
    await realtime.handle(taskChanged(['ada'], { version: 2 }))
    await realtime.handle(taskChanged(['eve'], { version: 3 }))
    await realtime.handle(taskChanged(['ada'], { version: 4 }))
    const again = await realtime.connect('ada', tab.lastEventId)
    await realtime.handle(taskChanged(['ada'], { version: 5 }))
    expect((await again.received(3)).map(({ data }) => data.version)).toEqual([2, 4, 5])
  })

  it('gets nothing when it missed nothing', async () => {
    const tab = await realtime.connect('ada')
    const again = await realtime.connect('ada', tab.lastEventId)
    await realtime.handle(taskChanged(['ada'], { version: 7 }))
    expect((await again.received(1)).map(({ data }) => data.version)).toEqual([7])
  })

  it.each(['0f0f0f0f0f0f-1', 'nonsense', '-', '1e9'])('is told to fetch afresh when we do not know %s', async (id) => {
    const tab = await realtime.connect('ada', id)
    const [reset] = await tab.received(1)
    expect(reset).toMatchObject({ event: 'reset', id: tab.lastEventId })
    expect((await realtime.connect('ada', tab.lastEventId)).events).toHaveLength(1)
  })

  it('is told to fetch afresh by a process that was started again', async () => {
    const tab = await realtime.connect('ada')
    await realtime.close()
    realtime = await startRealtime()
    const again = await realtime.connect('ada', tab.lastEventId)
    expect((await again.received(1))[0]).toMatchObject({ event: 'reset' })
  })

  it('keeps its place while others are busy and its own tasks rest', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    try {
      await realtime.close()
      realtime = await startRealtime()
      const tab = await realtime.connect('ada')
      for (let n = 0; n < 4_000; n++) await realtime.handle(taskChanged(['eve']))
      const before = tab.lastEventId
      vi.advanceTimersByTime(15_000)
      await pollUntil(() => tab.lastEventId !== before)
      for (let n = 0; n < 4_000; n++) await realtime.handle(taskChanged(['eve']))
      const again = await realtime.connect('ada', tab.lastEventId)
      await realtime.handle(taskChanged(['ada']))
      expect((await again.received(1))[0]).toMatchObject({ event: 'task.changed' })
      expect(tab.events).toHaveLength(2)
    } finally {
      vi.useRealTimers()
    }
  })
})

describe('a connection', () => {
  it.each([
    ['no ticket', {}],
    ['a ticket of someone else’s making', { 'x-stream-ticket': signTicket('ada', { secret: `${SECRET}?`, now: NOW }) }],
    [
      'an old ticket',
      { 'x-stream-ticket': signTicket('ada', { secret: SECRET, now: new Date(NOW.getTime() - 60_000) }) },
    ],
  ])('is refused with %s', async (_what, headers) => {
    const answer = await realtime.app.inject({ url: '/internal/stream', headers: headers as Record<string, string> })
    expect(answer.statusCode).toBe(401)
    expect(answer.json().code).toBe('not-signed-in')
    expect(await realtime.openStreams()).toBe(0)
  })

  it('is refused as the 51st of a person, with what to do, until one of the others is closed', async () => {
    const tabs = await Promise.all(Array.from({ length: 50 }, () => realtime.connect('ada')))
    const answer = await realtime.app.inject({ url: '/internal/stream', headers: streamHeaders('ada') })
    expect(answer.statusCode).toBe(429)
    expect(answer.json().detail).toContain('close some tabs')
    await realtime.connect('grace')
    tabs[0]!.close()
    await pollUntil(async () => (await realtime.openStreams()) === 50)
    await realtime.connect('ada')
  })

  it('is counted while it is open', async () => {
    const tab = await realtime.connect('ada')
    expect(await realtime.openStreams()).toBe(1)
    tab.close()
    await pollUntil(async () => (await realtime.openStreams()) === 0)
  })

  it('ends when the one who passes it on to the browser lets go of it', async () => {
    const invoke = new EmbeddedInvoke(new Map([['realtime', realtime.app]]))
    const headers = streamHeaders('ada')
    const { status, body } = await invoke.stream('realtime', { method: 'GET', path: '/internal/stream', headers })
    expect([status, await realtime.openStreams()]).toEqual([200, 1])
    body.destroy()
    await pollUntil(async () => (await realtime.openStreams()) === 0)
  })

  it('is dropped when its reader does not keep up, and holds up nobody else', async () => {
    const tab = await realtime.connect('ada')
    const headers = Object.entries(streamHeaders('ada')).map(([name, value]) => `${name}: ${value}\r\n`)
    const sleeper = connect(realtime.port, '127.0.0.1').pause()
    sleeper.write(`GET /internal/stream HTTP/1.1\r\nhost: realtime\r\n${headers.join('')}\r\n`)
    await pollUntil(async () => (await realtime.openStreams()) === 2)
    const long = { fields: ['x'.repeat(100_000)] }
    let sent = 0
    await pollUntil(async () => {
      for (let n = 0; n < 5; n++, sent++) await realtime.handle(taskChanged(['ada'], long))
      return (await realtime.openStreams()) === 1
    })
    expect(await tab.received(sent)).toHaveLength(sent)
    sleeper.destroy()
  })

  it('is closed when the service stops, at once, and no new one is taken', async () => {
    const tabs = await Promise.all([realtime.connect('ada'), realtime.connect('grace')])
    await realtime.stop()
    await realtime.handle(taskChanged(['ada']))
    await pollUntil(() => tabs.every((tab) => tab.isOver))
    const answer = await realtime.app.inject({ url: '/internal/stream', headers: streamHeaders('ada') })
    expect(answer.statusCode).toBe(503)
    expect(tabs[0].events).toHaveLength(1)
  })
})

it('measures how old notices are', async () => {
  await realtime.handle(taskChanged(['ada'], {}, new Date(NOW.getTime() - 70)))
  const text = await realtime.metrics.metrics()
  expect(text).toContain('todo_realtime_notice_age_seconds_bucket{le="0.05"} 0')
  expect(text).toContain('todo_realtime_notice_age_seconds_bucket{le="0.1"} 1')
})

it('wants every change, and what tells that it hears them, on every replica', () => {
  const wanted = realtime.handlers.map(({ topic, names, delivery }) => `${topic} ${names.join()} ${delivery}`)
  expect(wanted).toEqual([
    'task-updates task.changed,view.changed every-replica',
    'task-updates listener.probed every-replica',
  ])
})

it('says what is wrong with a secret', () => {
  expect(() => loadConfig(RealtimeConfig, {})).toThrow(/STREAM_SECRET: is needed: .*openssl/)
  expect(() => loadConfig(RealtimeConfig, { STREAM_SECRET: 'short' })).toThrow(/STREAM_SECRET: must be at least 32/)
})
