import { describe, expect, it } from 'vitest'
import { createLog } from '@todo/platform/log'
import { TASK, TASK_URL, remindAt, serviceOfEachTest } from './endpoint-service.ts'
import { webhookAt } from './messages.ts'
import { startService } from './notification-service.ts'

const { clock, hooks, newHook, service, state } = serviceOfEachTest()

describe('a reminder by webhook', () => {
  it('is signed, says what is due and where, and nothing about the person', async () => {
    const path = newHook()
    const event = remindAt(webhookAt(hooks.url + path))
    await service().remind(event)
    const { reminderId, remindAt: at, dueAt, due, firedAt } = event.data
    const data = { reminderId, taskId: TASK, title: 'Water the plants', remindAt: at, dueAt, due, url: TASK_URL }
    expect(hooks.at(path)).toMatchObject([{ sentAt: clock.now(), body: { type: 'reminder.due', timestamp: firedAt } }])
    expect(hooks.at(path)[0]!.body.data).toEqual(data)
  })

  it('that fails is tried again under the same id and with the same body, at its own time', async () => {
    const path = newHook()
    hooks.setFate(path, { status: 500 }, 'breaks', 'taken')
    const endpoint = webhookAt(hooks.url + path)
    await service().remind(remindAt(endpoint))
    await service().runNextJob()
    await service().runNextJob()
    const tries = hooks.triesOf(path)
    expect(new Set(tries.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
    expect(new Set(tries.map(({ body }) => body.toString())).size).toBe(1)
    expect(new Set(tries.map(({ headers }) => headers['webhook-timestamp'])).size).toBe(3)
    expect(hooks.at(path)).toHaveLength(1)
    expect(service().tries(endpoint.channelId)).toMatchObject([
      {
        attempt: 1,
        retryAt: '2026-12-01T08:00:05.000Z',
        error: expect.stringMatching(/127\.0\.0\.1:\d+ answered 500$/),
      },
      { attempt: 2, error: expect.stringContaining('could not be reached') },
      { attempt: 3, error: null, retryAt: null },
    ])
  })

  it.each([
    ['longer than our own pause', '120', '2026-12-01T08:02:00.000Z'],
    ['until a time', 'Tue, 01 Dec 2026 08:03:00 GMT', '2026-12-01T08:03:00.000Z'],
    ['shorter than our own pause', '1', '2026-12-01T08:00:05.000Z'],
    ['for a day, which is too long', '86400', '2026-12-01T09:00:00.000Z'],
    ['in words that nobody understands', 'soon', '2026-12-01T08:00:05.000Z'],
  ])('whose receiver asks to be left alone %s is tried then', async (_what, retryAfter, retryAt) => {
    const path = newHook()
    hooks.setFate(path, { status: 429, headers: { 'retry-after': retryAfter } })
    const endpoint = webhookAt(hooks.url + path)
    await service().remind(remindAt(endpoint))
    expect(service().tries(endpoint.channelId)).toMatchObject([{ retryAt }])
  })

  it('does not follow a redirect', async () => {
    const [from, to] = [newHook(), newHook()]
    hooks.setFate(from, { status: 307, headers: { location: hooks.url + to } })
    const endpoint = webhookAt(hooks.url + from)
    await service().remind(remindAt(endpoint))
    expect(hooks.triesOf(to)).toEqual([])
    expect(service().tries(endpoint.channelId)[0]!.error).toMatch(/answered 307: redirects are not followed$/)
  })

  it('that answers 410 is told as gone', async () => {
    const path = newHook()
    hooks.setFate(path, { status: 410 })
    const endpoint = webhookAt(hooks.url + path)
    await service().remind(remindAt(endpoint))
    expect(service().tries(endpoint.channelId)).toMatchObject([{ isGone: true, retryAt: null }])
  })

  it('does not tell the person what the receiver wrote, which may be a secret of a private network, but the log', async () => {
    const lines: string[] = []
    const log = createLog('notification', 'warn', { write: (line: string) => lines.push(line) })
    const logging = await startService({ state, clock, log })
    const path = newHook()
    hooks.setFate(path, { status: 500, text: 'password=hunter2' })
    const endpoint = webhookAt(hooks.url + path)
    await logging.remind(remindAt(endpoint))
    expect(logging.tries(endpoint.channelId)).toHaveLength(1)
    expect(JSON.stringify(logging.published)).not.toContain('hunter2')
    expect(lines.join('\n')).toContain('hunter2')
    expect(lines.join('\n')).not.toContain(path)
    await logging.stop()
  })
})
