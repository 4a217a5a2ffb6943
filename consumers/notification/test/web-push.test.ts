import { describe, expect, it } from 'vitest'
import { vapidKeys } from '@todo/platform/vapid'
import { TASK, TASK_URL, remindAt, serviceOfEachTest } from './endpoint-service.ts'
import { browserAt, endpointTo } from './messages.ts'
import { CHANNEL_SECRET } from './notification-service.ts'

const { push, service } = serviceOfEachTest()

describe('a reminder by web push', () => {
  it('can be read by the browser alone, is signed as ours, and is urgent', async () => {
    const browser = push.subscribe(vapidKeys(CHANNEL_SECRET).publicKey)
    const event = remindAt(browserAt(browser))
    await service().remind(event)
    expect(push.complaints).toEqual([])
    const [arrived] = push.of(browser)
    expect(arrived).toMatchObject({ urgency: 'high', ttlSeconds: 86_400, contact: 'https://todo.test' })
    expect(arrived!.payload).toEqual({
      kind: 'reminder',
      title: 'Water the plants',
      body: 'Due 1 Dec 2026, 09:00',
      taskId: TASK,
      reminderId: event.data.reminderId,
      url: TASK_URL,
      actions: [
        { action: 'done', title: 'Done' },
        { action: '10m', title: 'In 10 minutes' },
      ],
    })
    expect(push.triesOf(new URL(browser.endpoint).pathname)[0]!.body.includes('plants')).toBe(false)
  })

  it('takes the place of its last one where that still waits, and of no other', async () => {
    const browser = push.subscribe()
    const event = remindAt(browserAt(browser))
    const again = { ...event, data: { ...event.data, remindAt: '2026-12-01T08:10:00.000Z' } }
    for (const due of [event, again, remindAt(browserAt(browser))]) await service().handle(due)
    const topics = push.of(browser).map(({ topic }) => topic)
    expect(topics[1]).toBe(topics[0])
    expect(topics[2]).not.toBe(topics[0])
  })

  it('fits whatever its title is', async () => {
    const browser = push.subscribe()
    const event = remindAt(browserAt(browser))
    await service().handle({ ...event, data: { ...event.data, title: `\u0001${'📬"\\'.repeat(160)}` } })
    expect(push.complaints).toEqual([])
    expect((push.of(browser)[0]!.payload as { title: string }).title).toMatch(/^📬"\\📬.*…$/u)
  })

  it.each([404, 410])('that is answered %i is told as gone, and not tried again', async (status) => {
    const endpoint = browserAt(push.subscribe())
    const browser = push.subscribe()
    push.setFate(new URL(browser.endpoint).pathname, { status })
    const gone = browserAt(browser)
    await service().remind(remindAt(gone, endpoint))
    const error = `${new URL(push.url).host} answered ${status}: the browser has ended its subscription`
    expect(service().tries(gone.channelId)).toMatchObject([{ isGone: true, retryAt: null, error }])
    expect(service().tries(endpoint.channelId)).toMatchObject([{ error: null }])
    expect(service().jobs.size).toBe(0)
  })

  it('with keys that are none is given up, with the reason', async () => {
    const { endpoint } = push.subscribe()
    const broken = endpointTo({ kind: 'web-push', endpoint, p256dh: 'AAAA', auth: 'AAAA' })
    await service().remind(remindAt(broken))
    const [tried] = service().tries(broken.channelId)
    expect(tried).toMatchObject({ isGone: false, retryAt: null, error: expect.stringContaining('cannot be encrypted') })
    expect(push.tries.filter(({ path }) => endpoint.endsWith(path))).toEqual([])
  })
})
