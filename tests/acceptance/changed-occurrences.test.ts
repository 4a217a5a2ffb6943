import { describe, expect, test } from 'vitest'
import type { Task } from '@todo/model/task'
import { pollUntil } from '@todo/platform/testing/poll-until'
import type { App } from './mode.ts'
import { beforeAll } from './shared-app.ts'
import type { Person } from './support/person.ts'

let app: App
let ada: Person
beforeAll(async ({ sharedApp }) => {
  app = sharedApp
  ada = await app.signUp('Ada', { timeZone: 'Europe/Lisbon' })
})

const date = '2040-03-01'
const timed = { date, time: '09:00', timeZone: 'Europe/Lisbon' }
const wholeDay = { date, time: null, timeZone: null }
const atSix = { date, time: '18:00', timeZone: 'Europe/Lisbon' }

/** The next occurrence of a series after one of which this due date alone was changed. */
async function nextAfterChange(series: typeof timed | typeof wholeDay, due: object, anchor = 'due'): Promise<Task> {
  const task = await ada.createTask({ title: 'Series', due: series, recurrence: { rule: 'FREQ=DAILY', anchor } })
  const changed: Task = await ada.ok('PATCH', `/tasks/${task.id}`, { due })
  expect(changed).toMatchObject({ due, seriesId: task.seriesId, occurrenceAt: task.occurrenceAt })
  await ada.complete(changed)
  return ada.nextAfter(changed)
}

describe('a change of one occurrence is of that one, and the series goes on as planned:', () => {
  test('a time that was added to a whole day', async () => {
    const next = await nextAfterChange(wholeDay, atSix)
    expect(next).toMatchObject({ due: { ...wholeDay, date: '2040-03-02' }, dueAt: null, occurrenceAt: '2040-03-02' })
  })

  test('a time that was taken away', async () => {
    const next = await nextAfterChange(timed, wholeDay)
    expect(next).toMatchObject({ due: { ...timed, date: '2040-03-02' }, dueAt: '2040-03-02T09:00:00.000Z' })
  })

  test('another time', async () => {
    expect((await nextAfterChange(timed, atSix)).due).toEqual({ ...timed, date: '2040-03-02' })
  })

  test('another day', async () => {
    const next = await nextAfterChange(timed, { ...timed, date: '2040-03-05' })
    expect(next).toMatchObject({ due: { ...timed, date: '2040-03-02' }, occurrenceNumber: 2 })
  })

  test('a time that was added, of what is counted from the completion', async () => {
    const next = await nextAfterChange(wholeDay, atSix, 'completion')
    expect([next.due?.time, next.occurrenceAt?.length]).toEqual([null, 10])
  })
})

test('a new rule with the time takes it along', async () => {
  const task = await ada.createTask({ title: 'Series', due: wholeDay, recurrence: { rule: 'FREQ=DAILY' } })
  const recurrence = { rule: 'FREQ=DAILY', start: `${date}T18:00:00` }
  const changed: Task = await ada.ok('PATCH', `/tasks/${task.id}`, { due: atSix, recurrence })
  await ada.complete(changed)
  expect((await ada.nextAfter(changed)).due).toEqual({ ...atSix, date: '2040-03-02' })
})

test.each(['due', 'completion'])(
  'a next one that was deleted comes again, once, when the one before is completed again (counted from %s)',
  async (anchor) => {
    const task = await ada.createTask({ title: 'Again', due: wholeDay, recurrence: { rule: 'FREQ=DAILY', anchor } })
    await ada.complete(task)
    const deleted = await ada.nextAfter(task)
    await ada.ok('DELETE', `/tasks/${deleted.id}`)
    await ada.ok('POST', `/tasks/${task.id}/reopen`)
    await ada.complete(task)
    const next = await ada.nextAfter(task)
    expect(next).toMatchObject({ due: deleted.due, occurrenceNumber: 2, completedAt: null })
    expect(await ada.occurrences(task)).toHaveLength(2)
    expect(await ada.titles('state=deleted&q=again')).toEqual([])
    const told = await pollUntil(async () => {
      const lines = (await ada.history(next)).map(({ type, actor }) => `${type} by ${actor.kind}`)
      return lines.length === 3 && lines
    })
    expect(told).toEqual(['task.restored by system', 'task.deleted by user', 'task.created by system'])
  },
)
