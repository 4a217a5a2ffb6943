import { describe, expect, it } from 'vitest'
import { parseEvent } from '@todo/model/parse-event'
import { TASK, remindAt, serviceOfEachTest } from './endpoint-service.ts'
import { USER, WEBHOOK_SECRET, browserAt, channelTested, digestDue, endpointTo, ntfyAt, webhookAt } from './messages.ts'

const { clock, hooks, newHook, ntfy, push, service, state } = serviceOfEachTest()

describe('any endpoint', () => {
  it('is told as tried, in words that the backend knows, and counted', async () => {
    const path = newHook()
    const endpoint = webhookAt(hooks.url + path)
    const event = remindAt(endpoint)
    await service().remind(event)
    const { reminderId, remindAt: at } = event.data
    expect(service().published).toMatchObject([{ type: 'todo.channel.tried.v1', subject: TASK }])
    expect(service().tries(endpoint.channelId)).toEqual([
      {
        userId: USER,
        channelId: endpoint.channelId,
        kind: 'webhook',
        about: 'reminder',
        taskId: TASK,
        reminderId,
        remindAt: at,
        attempt: 1,
        at: '2026-12-01T08:00:00.000Z',
        error: null,
        retryAt: null,
        isGone: false,
      },
    ])
    expect(parseEvent(service().published[0])).toMatchObject({ ok: true })
    expect(await service().metrics()).toContain(
      'todo_reminder_deliveries_total{channel="webhook",outcome="delivered"} 1',
    )
  })

  it('gets a reminder once that is delivered twice, also where another endpoint failed', async () => {
    const [broken, whole] = [newHook(), newHook()]
    hooks.setFate(broken, { status: 500 })
    const event = remindAt(webhookAt(hooks.url + broken), webhookAt(hooks.url + whole), ntfyAt(ntfy.url, 'once'))
    await service().remind(event)
    await service().remind(event)
    expect([hooks.triesOf(broken).length, hooks.at(whole).length, ntfy.of('once').length]).toEqual([1, 1, 1])
    expect(new Set(service().published.map(({ id }) => id)).size).toBe(3)
  })

  it.each(['web-push', 'webhook', 'ntfy'] as const)('of kind %s that fails in any way is tried again', async (kind) => {
    const browser = push.subscribe()
    const path = newHook()
    const [receiver, key, endpoint] = {
      'web-push': [push, new URL(browser.endpoint).pathname, browserAt(browser)] as const,
      webhook: [hooks, path, webhookAt(hooks.url + path)] as const,
      ntfy: [ntfy, 'fails', ntfyAt(ntfy.url, 'fails')] as const,
    }[kind]
    receiver.setFate(key, { status: 500 }, 'breaks', { status: 503 }, 'taken')
    const errors = () =>
      service()
        .tries(endpoint.channelId)
        .map(({ error }) => error)
    await service().remind(remindAt(endpoint))
    await service().runNextJob()
    await receiver.stop()
    await service().runNextJob()
    await receiver.start()
    await service().runNextJob()
    await service().runNextJob()
    expect(errors()).toEqual([
      expect.stringContaining('answered 500'),
      expect.stringMatching(/could not be reached: .*(ECONNRESET|hang up)/),
      expect.stringMatching(/could not be reached: .*ECONNREFUSED/),
      expect.stringContaining('answered 503'),
      null,
    ])
    expect(receiver.triesOf(key)).toHaveLength(4)
  })

  it('that was sealed with another secret is given up in words, and not gone', async () => {
    const address = { kind: 'webhook', url: hooks.url, secret: WEBHOOK_SECRET } as const
    const endpoint = endpointTo(address, 'the secret of before, which was long enough too')
    await service().remind(remindAt(endpoint))
    const error = expect.stringContaining('CHANNEL_SECRET') as string
    expect(service().tries(endpoint.channelId)).toMatchObject([{ isGone: false, retryAt: null, error }])
  })

  it('of a kind that a later version has is left out', async () => {
    await service().remind(remindAt({ ...webhookAt(hooks.url), kind: 'pigeon' }))
    expect(service().published).toEqual([])
  })

  it('has nothing about itself in a job that waits but what is sealed, and nothing about the others', async () => {
    const path = newHook()
    hooks.setFate(path, { status: 500 })
    const [failing, other] = [webhookAt(hooks.url + path), ntfyAt(ntfy.url, 'other')]
    await service().remind(remindAt(failing, other))
    const job = JSON.stringify([...service().jobs.values()])
    expect(job).toContain(failing.sealed)
    for (const secret of [other.sealed, path, WEBHOOK_SECRET]) expect(job).not.toContain(secret)
  })

  it('gets nothing more once the account is gone, and nothing is kept', async () => {
    const path = newHook()
    hooks.setFate(path, { status: 500 })
    await service().remind(remindAt(webhookAt(hooks.url + path)))
    const [job] = service().jobs.values()
    // One of its own: the others of this file live on.
    await service().deleteAccount(USER)
    expect(service().jobs.size).toBe(0)
    clock.moveTo(job!.at)
    await service().runJob(job!)
    expect(hooks.triesOf(path)).toHaveLength(1)
    await state.delete(`erased.${USER}`)
  })
})

describe('a test of a channel', () => {
  it('arrives by that channel, and says what it is', async () => {
    const [browser, path] = [push.subscribe(), newHook()]
    const endpoints = [browserAt(browser), webhookAt(hooks.url + path), ntfyAt(ntfy.url, 'test')]
    for (const endpoint of endpoints) {
      await service().handle(channelTested({ endpoints: [endpoint] }))
      expect(service().tries(endpoint.channelId)).toMatchObject([{ about: 'test', taskId: null, error: null }])
    }
    expect(push.of(browser)[0]!.payload).toMatchObject({ kind: 'test', taskId: null, actions: [] })
    expect(hooks.at(path)).toMatchObject([{ body: { type: 'test', timestamp: '2026-12-01T08:00:00.000Z' } }])
    expect(ntfy.of('test')[0]!.message).toContain('This is a test')
    expect(service().published.map(({ subject }) => subject)).toEqual([USER, USER, USER])
  })

  it('that fails is told at once and not tried again: whoever pressed the button is looking', async () => {
    const path = newHook()
    hooks.setFate(path, { status: 503 })
    const endpoint = webhookAt(hooks.url + path)
    await service().handle(channelTested({ endpoints: [endpoint] }))
    expect(service().tries(endpoint.channelId)).toMatchObject([
      { error: expect.stringContaining('503'), retryAt: null },
    ])
    expect(service().jobs.size).toBe(0)
  })
})

it('a digest reaches endpoints in short', async () => {
  const [browser, path] = [push.subscribe(), newHook()]
  const due = { count: 1, tasks: [{ taskId: TASK, title: 'Water the plants', due: null }] }
  const endpoints = [browserAt(browser), webhookAt(hooks.url + path)]
  const event = digestDue({ due, overdue: { ...due, count: 2 } })
  event.data.recipient = { ...event.data.recipient, channels: [], endpoints }
  await service().handle(event)
  expect(push.of(browser)[0]!.payload).toMatchObject({ kind: 'digest', body: '2 overdue, 1 due today' })
  expect(hooks.at(path)).toMatchObject([{ body: { type: 'digest.due', data: { day: '2026-12-01', due } } }])
})
