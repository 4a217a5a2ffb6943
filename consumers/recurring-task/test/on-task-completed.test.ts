import { describe, expect, it } from 'vitest'
import { events } from '@todo/model/events'
import type { EventData, TodoEvent } from '@todo/model/events'
import { occurrenceId } from '@todo/model/occurrence-id'
import { createEvent } from '@todo/platform/create-event'
import { PermanentError } from '@todo/platform/errors'
import { createLog } from '@todo/platform/log'
import type { Deps } from '@todo/platform/service'
import { recurringTaskService } from '../src/service.ts'

const TASK = '0192f0c1-2b3c-7d4e-8f90-a1b2c3d4e5f6'
const SERIES = '0192f0c1-0000-7000-8000-000000000001'
const USER = '0192f0c1-0000-7000-8000-000000000002'

type Recurrence = NonNullable<EventData<'task.completed'>['recurrence']>

const weekly: Recurrence = {
  rule: 'FREQ=WEEKLY;BYDAY=TU',
  anchor: 'due',
  start: '2026-12-01T09:00:00',
  exceptions: [],
  seriesId: SERIES,
  occurrenceAt: '2026-12-01T09:00:00',
  occurrenceNumber: 1,
}

function completed(
  recurrence: Recurrence | null,
  data: Partial<EventData<'task.completed'>> = {},
): TodoEvent<'task.completed'> {
  const completedAt = data.completedAt ?? '2026-12-01T10:00:00.000Z'
  const task = { taskId: TASK, listId: SERIES, userId: USER, title: 'Water the plants', version: 3, changes: {} }
  const origin = { actor: { kind: 'user' as const, id: USER }, clientId: null, mutationId: null, batchId: null }
  const due = { date: '2026-12-01', time: '09:00', timeZone: 'Europe/Lisbon' }
  return createEvent(
    'task.completed',
    TASK,
    { ...task, ...origin, completedAt, timeZone: 'Europe/Lisbon', due, recurrence, ...data },
    {
      now: new Date(completedAt),
      source: 'backend',
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    },
  )
}

/** The service with a bus that remembers what was published. */
async function startService(publish?: () => Promise<void>) {
  const published: TodoEvent[] = []
  const deps = {
    config: {},
    log: createLog('test', 'silent'),
    now: () => new Date('2026-12-01T10:00:01Z'),
    bus: { publish: publish ?? (async (batch: readonly TodoEvent[]) => void published.push(...batch)) },
  } as unknown as Deps<object>
  const { events: handlers = [] } = await recurringTaskService.prepare(deps)
  const handle = (event: TodoEvent, attempt = 1) => handlers[0]!.handle(event, { attempt })
  return { published: published as TodoEvent<'occurrence.due'>[], handlers, handle }
}

describe('a completed task', () => {
  it('asks for the next occurrence of its series, in the zone it was due in', async () => {
    const { published, handle } = await startService()
    const event = completed(weekly)
    await handle(event)
    expect(published).toHaveLength(1)
    expect(published[0]).toMatchObject({
      type: 'todo.occurrence.due.v1',
      subject: TASK,
      traceparent: event.traceparent,
      data: {
        taskId: TASK,
        nextTaskId: occurrenceId(SERIES, '2026-12-08T09:00:00'),
        seriesId: SERIES,
        occurrenceAt: '2026-12-08T09:00:00',
        occurrenceNumber: 2,
        missedOccurrences: 0,
        due: { date: '2026-12-08', time: '09:00', timeZone: 'Europe/Lisbon' },
        completedAt: event.data.completedAt,
      },
    })
    expect(events['occurrence.due'].data.parse(published[0]!.data)).toEqual(published[0]!.data)
  })

  it('asks with the same event when it is delivered twice', async () => {
    const { published, handle } = await startService()
    const event = completed(weekly)
    await handle(event)
    await handle(event, 2)
    expect(published).toHaveLength(2)
    expect(published[1]).toEqual(published[0])
  })

  it('asks for the same task when it is completed a second time after a reopening', async () => {
    const { published, handle } = await startService()
    await handle(completed(weekly))
    await handle(completed(weekly, { version: 5, completedAt: '2026-12-01T11:00:00.000Z' }))
    expect(published[1]!.id).not.toBe(published[0]!.id)
    expect(published[1]!.data.nextTaskId).toBe(published[0]!.data.nextTaskId)
  })

  it('asks for each occurrence by itself when two come in the wrong order', async () => {
    const second = { ...weekly, occurrenceAt: '2026-12-08T09:00:00', occurrenceNumber: 2 }
    const { published, handle } = await startService()
    await handle(completed(second, { completedAt: '2026-12-08T10:00:00.000Z' }))
    await handle(completed(weekly))
    expect(published.map((event) => event.data.occurrenceAt)).toEqual(['2026-12-15T09:00:00', '2026-12-08T09:00:00'])
  })

  it('says how many occurrences were missed when it was completed late', async () => {
    const { published, handle } = await startService()
    await handle(completed(weekly, { completedAt: '2026-12-16T10:00:00.000Z' }))
    expect(published[0]!.data).toMatchObject({
      occurrenceAt: '2026-12-22T09:00:00',
      occurrenceNumber: 4,
      missedOccurrences: 2,
    })
  })

  it('keeps a series of days without a time', async () => {
    const { published, handle } = await startService()
    const days = { ...weekly, start: '2026-12-01', occurrenceAt: '2026-12-01' }
    await handle(completed(days, { due: { date: '2026-12-01', time: null, timeZone: null } }))
    expect(published[0]!.data.due).toEqual({ date: '2026-12-08', time: null, timeZone: null })
  })

  it('takes the zone of the person when the task had no due date any more', async () => {
    const { published, handle } = await startService()
    await handle(completed(weekly, { due: null }))
    expect(published[0]!.data.due.timeZone).toBe('Europe/Lisbon')
  })

  it('asks for nothing when it does not recur, or when its series is over', async () => {
    const { published, handle } = await startService()
    await handle(completed(null))
    await handle(completed({ ...weekly, rule: 'FREQ=WEEKLY;BYDAY=TU;COUNT=1' }))
    await handle(completed({ ...weekly, rule: 'FREQ=WEEKLY;BYDAY=TU;UNTIL=20261207' }))
    expect(published).toEqual([])
  })

  it.each([
    ['a rule that is none', { ...weekly, rule: 'FREQ=SOMETIMES' }, {}],
    ['a start that is no date', { ...weekly, start: 'yesterday' }, {}],
    ['a zone that does not exist', weekly, { timeZone: 'Mars/Olympus_Mons' }],
  ])('is given up for good with %s', async (_case, recurrence, data) => {
    const { published, handle } = await startService()
    await expect(handle(completed(recurrence, data))).rejects.toThrow(PermanentError)
    expect(published).toEqual([])
  })

  it('is tried again when the bus does not take the answer', async () => {
    const { handle } = await startService(() => Promise.reject(new Error('the broker is away')))
    const failure = handle(completed(weekly))
    await expect(failure).rejects.toThrow('the broker is away')
    await expect(failure).rejects.not.toBeInstanceOf(PermanentError)
  })
})

it('handles completed tasks only, once among its replicas', async () => {
  const { handlers } = await startService()
  expect(handlers).toMatchObject([{ topic: 'task-events', names: ['task.completed'], delivery: 'once' }])
})
