import { describe, expect, it } from 'vitest'
import { parseEvent } from '@todo/model/parse-event'
import { TASK, remindAt, serviceOfEachTest } from './endpoint-service.ts'
import { channelStopped, taskHeard, webhookAt } from './messages.ts'

const { clock, hooks, newHook, service } = serviceOfEachTest()

describe('a channel that was switched off or removed', () => {
  const STOPPED = /not tried again: the channel was switched off or removed/u

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

  it('is told once as given up, also when that job runs twice', async () => {
    const path = newHook()
    hooks.setFate(path, { status: 500 })
    const endpoint = webhookAt(hooks.url + path)
    await service().remind(remindAt(endpoint))
    await service().handle(channelStopped(endpoint.channelId, '2026-12-01T08:00:01Z'))
    const [job] = [...service().jobs.values()]
    clock.moveTo(job!.at)
    await service().runJob(job!)
    await service().runJob(job!)
    expect(new Set(service().published.map(({ id }) => id)).size).toBe(2)
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

describe('a reminder of a task that is over, or reminds no more', () => {
  const HEARD = /not tried again: its task is over, or reminds no more/u

  /** One that the endpoint does not take at first. */
  async function remindedInVain() {
    const path = newHook()
    hooks.setFate(path, { status: 500 }, 'taken')
    const endpoint = webhookAt(hooks.url + path)
    await service().remind(remindAt(endpoint))
    return { path, lastTry: () => service().tries(endpoint.channelId).at(-1) }
  }

  it('is not sent any more where it waits for another try, and that is told as nobody wanting it', async () => {
    const { path, lastTry } = await remindedInVain()
    await service().handle(taskHeard(TASK, '2026-12-01T08:00:03Z'))
    await service().runNextJob()
    expect(lastTry()).toMatchObject({ error: expect.stringMatching(HEARD), retryAt: null, isCalledOff: true })
    expect(parseEvent(service().published.at(-1))).toMatchObject({ ok: true })
    expect(hooks.triesOf(path)).toHaveLength(1)
  })

  it('is sent where that was taken back, in whichever order both are heard of', async () => {
    const { lastTry } = await remindedInVain()
    await service().handle(taskHeard(TASK, '2026-12-01T08:00:04Z', false))
    await service().handle(taskHeard(TASK, '2026-12-01T08:00:03Z'))
    await service().runNextJob()
    expect(lastTry()).toMatchObject({ attempt: 2, error: null })
  })

  it('does not keep what the task reminds of later', async () => {
    await service().handle(taskHeard(TASK, '2026-12-01T07:00:00Z'))
    const { lastTry } = await remindedInVain()
    await service().runNextJob()
    expect(lastTry()).toMatchObject({ attempt: 2, error: null })
  })
})
