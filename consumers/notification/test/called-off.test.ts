import { v7 } from 'uuid'
import { describe, expect, it } from 'vitest'
import type { TodoEvent } from '@todo/model/events'
import { parseEvent } from '@todo/model/parse-event'
import { remindAt, serviceOfEachTest } from './endpoint-service.ts'
import { USER, channelStopped, digestDue, taskHeard, webhookAt } from './messages.ts'
import { reminderDue } from './notification-service.ts'

const { clock, hooks, newHook, service } = serviceOfEachTest()

describe('a channel that was switched off or removed', () => {
  const STOPPED = /not sent: the channel was switched off or removed/u

  it('gets nothing any more of what waits for another try there, and the others do', async () => {
    const [removed, whole] = [newHook(), newHook()]
    for (const path of [removed, whole]) hooks.setFate(path, { status: 500 }, 'taken', 'taken')
    const [gone, kept] = [webhookAt(hooks.url + removed), webhookAt(hooks.url + whole)]
    await service().remind(remindAt(gone, kept))
    await service().handle(channelStopped(gone.channelId, '2026-12-01T08:00:01Z'))
    clock.moveTo('2026-12-01T08:00:05Z')
    for (const job of service().jobs.values()) await service().runJob(job)
    expect([hooks.triesOf(removed).length, hooks.triesOf(whole).length]).toEqual([1, 2])
    expect(service().tries(gone.channelId).at(-1)).toMatchObject({
      attempt: 2,
      error: expect.stringMatching(STOPPED),
      retryAt: null,
    })
    expect(service().tries(kept.channelId).at(-1)).toMatchObject({ attempt: 2, error: null })
  })

  it('is told once as called off, also when that job runs twice', async () => {
    const path = newHook()
    hooks.setFate(path, { status: 500 })
    const endpoint = webhookAt(hooks.url + path)
    await service().remind(remindAt(endpoint))
    await service().handle(channelStopped(endpoint.channelId, '2026-12-01T08:00:01Z'))
    const [job] = [...service().jobs.values()]
    clock.moveTo(job!.at)
    await service().runJob(job!)
    await service().runJob(job!)
    expect(new Set(service().published.map(({ id, type }) => `${id} ${type}`)).size).toBe(2)
    expect(service().tries(endpoint.channelId).at(-1)).toMatchObject({ isCalledOff: true })
    expect(service().published.map(({ type }) => type)).not.toContain('todo.reminder.given-up.v1')
    expect(hooks.triesOf(path)).toHaveLength(1)
  })

  it('gets what is said once it is on again, and the later of two stops counts in whichever order they come', async () => {
    const path = newHook()
    hooks.setFate(path, { status: 500 }, 'taken', { status: 500 }, 'taken')
    const endpoint = webhookAt(hooks.url + path)
    await service().handle(channelStopped(endpoint.channelId, '2026-12-01T07:59:59Z'))
    await service().handle(channelStopped(endpoint.channelId, '2026-12-01T07:00:00Z'))
    await service().remind(remindAt(endpoint))
    await service().runNextJob()
    expect(service().tries(endpoint.channelId).at(-1)).toMatchObject({ attempt: 2, error: null })
    await service().remind(remindAt(endpoint))
    await service().handle(channelStopped(endpoint.channelId, '2026-12-01T09:00:00Z'))
    await service().handle(channelStopped(endpoint.channelId, '2026-12-01T07:30:00Z'))
    await service().runNextJob()
    expect(service().tries(endpoint.channelId).at(-1)).toMatchObject({ error: expect.stringMatching(STOPPED) })
  })
})

describe('what was said before a channel was stopped', () => {
  it('is not sent there at first either, when it comes late', async () => {
    const path = newHook()
    const endpoint = webhookAt(hooks.url + path)
    await service().handle(channelStopped(endpoint.channelId, '2026-12-01T08:00:10Z'))
    clock.moveTo('2026-12-01T10:00:00Z')
    await service().remind(remindAt(endpoint))
    expect(hooks.triesOf(path)).toEqual([])
    expect(service().tries(endpoint.channelId)).toMatchObject([{ attempt: 1, isCalledOff: true, retryAt: null }])
  })

  it('is not sent there by a replay of its dead letter', async () => {
    const path = newHook()
    hooks.setFate(path, { status: 500 })
    const endpoint = webhookAt(hooks.url + path)
    await service().remind(remindAt(endpoint))
    while (service().tries(endpoint.channelId).at(-1)!.retryAt !== null) await service().runNextJob()
    const letter = service().published.find(({ type }) => type === 'todo.reminder.given-up.v1') as unknown as TodoEvent
    await expect(service().handle(letter)).rejects.toThrow('given up after')
    const tries = hooks.triesOf(path).length
    await service().handle(channelStopped(endpoint.channelId, '2026-12-01T19:00:00Z'))
    clock.moveTo('2026-12-01T20:00:00Z')
    await service().handle(letter)
    expect(hooks.triesOf(path)).toHaveLength(tries)
    expect(service().tries(endpoint.channelId).at(-1)).toMatchObject({ isCalledOff: true, retryAt: null })
  })

  it('stays a dead letter while its task is over, and is sent by another replay once that is taken back', async () => {
    const path = newHook()
    hooks.setFate(path, { status: 500 })
    const endpoint = webhookAt(hooks.url + path)
    const taskId = v7()
    await service().remind(reminderDue({ userId: USER, taskId, recipient: { channels: [], endpoints: [endpoint] } }))
    while (service().tries(endpoint.channelId).at(-1)!.retryAt !== null) await service().runNextJob()
    const letter = service().published.find(({ type }) => type === 'todo.reminder.given-up.v1') as unknown as TodoEvent
    await expect(service().handle(letter)).rejects.toThrow('given up after')
    await service().handle(taskHeard(taskId, '2026-12-01T19:00:00Z'))
    clock.moveTo('2026-12-01T20:00:00Z')
    await expect(service().handle(letter)).rejects.toThrow('its task is over')
    await service().handle(taskHeard(taskId, '2026-12-01T20:00:01Z', false))
    hooks.setFate(path, 'taken')
    await service().handle(letter)
    expect(service().tries(endpoint.channelId).at(-1)).toMatchObject({ attempt: 8, error: null })
  })

  it('as a digest is not sent once digests are switched off, by whichever channel', async () => {
    const path = newHook()
    hooks.setFate(path, { status: 500 }, 'taken')
    const endpoint = webhookAt(hooks.url + path)
    await service().handle(
      digestDue({ recipient: { ...digestDue().data.recipient, channels: [], endpoints: [endpoint] } }),
    )
    await service().handle(channelStopped('digest', '2026-12-01T08:00:01Z'))
    await service().runNextJob()
    expect(service().tries(endpoint.channelId).at(-1)).toMatchObject({
      error: 'not sent: the digest was switched off',
      isCalledOff: true,
    })
  })
})

describe('a reminder of a task that is over, or reminds no more', () => {
  const HEARD = 'not sent: its task is over, or reminds no more'

  /** One that the endpoint does not take at first. */
  async function remindedInVain(taskId = v7()) {
    const path = newHook()
    hooks.setFate(path, { status: 500 }, 'taken')
    const endpoint = webhookAt(hooks.url + path)
    await service().remind(reminderDue({ userId: USER, taskId, recipient: { channels: [], endpoints: [endpoint] } }))
    return { taskId, path, tries: () => service().tries(endpoint.channelId) }
  }

  it('is not sent where it waits for another try, until its last one, and that is told as nobody wanting it', async () => {
    const { taskId, path, tries } = await remindedInVain()
    await service().handle(taskHeard(taskId, '2026-12-01T08:00:03Z'))
    while (tries().at(-1)!.retryAt !== null) await service().runNextJob()
    expect(tries().slice(1)).toEqual(
      [2, 3, 4, 5, 6, 7].map((attempt) => expect.objectContaining({ attempt, error: HEARD, isCalledOff: true })),
    )
    expect(parseEvent(service().published.at(-1))).toMatchObject({ ok: true })
    expect(hooks.triesOf(path)).toHaveLength(1)
  })

  it('is sent by the next try where that was taken back: a slip costs no reminder', async () => {
    const { taskId, tries } = await remindedInVain()
    await service().handle(taskHeard(taskId, '2026-12-01T08:00:03Z'))
    await service().runNextJob()
    expect(tries().at(-1)).toMatchObject({ isCalledOff: true, retryAt: '2026-12-01T08:00:35.000Z' })
    await service().handle(taskHeard(taskId, '2026-12-01T08:00:08Z', false))
    await service().runNextJob()
    expect(tries().at(-1)).toMatchObject({ attempt: 3, error: null })
  })

  it('is sent in whichever order both are heard of', async () => {
    const { taskId, tries } = await remindedInVain()
    await service().handle(taskHeard(taskId, '2026-12-01T08:00:04Z', false))
    await service().handle(taskHeard(taskId, '2026-12-01T08:00:03Z'))
    await service().runNextJob()
    expect(tries().at(-1)).toMatchObject({ attempt: 2, error: null })
  })

  it('does not keep back what the task reminds of later', async () => {
    const taskId = v7()
    await service().handle(taskHeard(taskId, '2026-12-01T07:00:00Z'))
    const { tries } = await remindedInVain(taskId)
    await service().runNextJob()
    expect(tries().at(-1)).toMatchObject({ attempt: 2, error: null })
  })
})
