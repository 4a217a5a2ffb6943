import { describe, expect, test } from 'vitest'
import type { Subtask, Task } from '@todo/model/task'
import type { App } from './mode.ts'
import { beforeAll } from './shared-app.ts'
import { day } from './support/days.ts'
import type { Person } from './support/person.ts'

let app: App
let ada: Person
beforeAll(async ({ sharedApp }) => {
  app = sharedApp
  ada = await app.signUp('Ada', { timeZone: 'Europe/Lisbon' })
})

const weekly = (extra: Record<string, unknown> = {}) =>
  ada.createTask({
    title: 'Water the plants',
    due: { date: '2040-01-02', time: '09:00' },
    recurrence: { rule: 'FREQ=WEEKLY;BYDAY=MO' },
    ...extra,
  })

const act = (task: Pick<Task, 'id'>, action: string): Promise<Task> => ada.ok('POST', `/tasks/${task.id}/${action}`)
const story = (task: Pick<Task, 'id'>) => ada.ok('GET', `/tasks/${task.id}/series`)

async function doneAndNext(task: Task): Promise<Task> {
  await ada.complete(task)
  return ada.nextAfter(task)
}

describe('skipping an occurrence', () => {
  test('brings the next one as completing does, and it is not counted as done', async () => {
    const task = await weekly({ subtasks: [{ title: 'The fern' }] })
    expect(await act(task, 'skip')).toMatchObject({ skipped: true, completedAt: expect.any(String) })
    const next = await ada.nextAfter(task)
    expect(next).toMatchObject({ due: { date: '2040-01-09', time: '09:00' }, skipped: false, occurrenceNumber: 2 })
    expect(await story(next)).toMatchObject({ completed: 0, skipped: 1, missed: 0, streak: 0 })
  })

  test('twice is once, and is taken back by opening it again', async () => {
    const task = await weekly()
    const skipped = await act(task, 'skip')
    expect(await act(task, 'skip')).toEqual(skipped)
    await ada.nextAfter(task)
    expect(await act(task, 'reopen')).toMatchObject({ skipped: false, completedAt: null })
    await expect.poll(async () => (await ada.occurrences(task)).length).toBe(1)
  })

  test('works for many at once, in one request', async () => {
    const tasks = [await weekly(), await weekly()]
    const ids = tasks.map(({ id }) => id)
    const { items } = await ada.ok('POST', '/tasks/batch', { action: 'skip', ids })
    expect(items.map(({ skipped }: Task) => skipped)).toEqual([true, true])
    for (const task of tasks) expect((await ada.nextAfter(task)).due?.date).toBe('2040-01-09')
  })

  test('is refused where nothing would come next, with what to do', async () => {
    const plain = await ada.createTask()
    expect(await ada.call('POST', `/tasks/${plain.id}/skip`)).toMatchObject({
      status: 409,
      body: { detail: 'Only a recurring task has a next one to go on to.' },
    })
    const done = await weekly()
    await ada.complete(done)
    expect(await ada.call('POST', `/tasks/${done.id}/skip`)).toMatchObject({
      status: 409,
      body: { detail: 'This occurrence is done: open it again to skip it.' },
    })
  })
})

describe('a change of a recurring task', () => {
  test('is for those that follow as well, unless it says that it is for this one only', async () => {
    const task = await weekly({ tags: ['home'] })
    const only = { title: 'Water the plants twice', priority: 'high', scope: 'this' }
    expect(await ada.ok('PATCH', `/tasks/${task.id}`, only)).toMatchObject({ title: 'Water the plants twice' })
    await ada.ok('PATCH', `/tasks/${task.id}`, { tags: ['home', 'green'] })
    const next = await doneAndNext(task)
    expect(next).toMatchObject({
      title: 'Water the plants',
      priority: 'medium',
      tags: ['home', 'green'],
      following: null,
    })
  })

  test('that was for this one only is for the others too when it is said once more', async () => {
    const task = await weekly()
    await ada.ok('PATCH', `/tasks/${task.id}`, { title: 'Just once', scope: 'this' })
    await ada.ok('PATCH', `/tasks/${task.id}`, { title: 'From now on', scope: 'following' })
    expect((await doneAndNext(task)).title).toBe('From now on')
  })

  test('reminders of this one only do not come again', async () => {
    const task = await weekly({ reminders: [{ kind: 'relative', minutesBefore: 10 }] })
    const reminders = [{ kind: 'relative', minutesBefore: 120 }]
    await ada.ok('PATCH', `/tasks/${task.id}`, { reminders, scope: 'this' })
    expect((await doneAndNext(task)).reminders).toMatchObject([{ kind: 'relative', minutesBefore: 10 }])
  })

  test('a subtask that comes, goes or is renamed does so for those that follow, also beside a checklist of this one only', async () => {
    const task = await weekly({ subtasks: [{ title: 'Roses' }, { title: 'Ferns' }, { title: 'Cacti' }] })
    const [roses, ferns, cacti] = task.subtasks
    const orchid = { title: 'Orchid of the guests' }
    await ada.ok('PATCH', `/tasks/${task.id}`, { subtasks: [...task.subtasks, orchid], scope: 'this' })
    await ada.ok('PATCH', `/tasks/${task.id}/subtasks/${roses!.id}`, { completed: true })
    await ada.ok('PATCH', `/tasks/${task.id}/subtasks/${ferns!.id}`, { title: 'Big ferns' })
    await ada.ok('DELETE', `/tasks/${task.id}/subtasks/${cacti!.id}`)
    const { subtasks } = await ada.ok('POST', `/tasks/${task.id}/subtasks`, { title: 'Basil' })
    // As the editor sends them: all, with another name for one.
    const renamed = subtasks.map((subtask: Subtask) => ({ ...subtask, title: subtask.title.replace('Basil', 'Mint') }))
    await ada.ok('PATCH', `/tasks/${task.id}`, { subtasks: renamed, scope: 'following' })
    const next = await doneAndNext(await ada.task(task.id))
    expect(next.subtasks.map(({ title, completedAt }) => [title, completedAt])).toEqual([
      ['Roses', null],
      ['Big ferns', null],
      ['Mint', null],
    ])
  })

  test('a due date alone postpones this one; for those that follow it moves the series', async () => {
    const wednesday = { date: '2040-01-04', time: '10:00' }
    const postponed = await weekly()
    await ada.ok('PATCH', `/tasks/${postponed.id}`, { due: wednesday })
    expect((await doneAndNext(postponed)).due).toMatchObject({ date: '2040-01-09', time: '09:00' })
    const moved = await weekly()
    await ada.ok('PATCH', `/tasks/${moved.id}`, { due: wednesday, scope: 'following' })
    expect((await doneAndNext(await ada.task(moved.id))).due).toMatchObject({ date: '2040-01-11', time: '10:00' })
  })

  test('a rule cannot be of one occurrence', async () => {
    const task = await weekly()
    const answer = await ada.call('PATCH', `/tasks/${task.id}`, { recurrence: { rule: 'FREQ=DAILY' }, scope: 'this' })
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ field: 'scope' }] } })
  })
})

describe('a series', () => {
  test('tells how it has gone: done, skipped, missed, and how many in a row, through a change of its rule', async () => {
    const task = await ada.createTask({
      title: 'Run',
      due: { date: day(-3) },
      recurrence: { rule: 'FREQ=DAILY', start: day(-3) },
    })
    const afterMissed = await doneAndNext(task)
    expect(afterMissed).toMatchObject({ due: { date: day(0) }, missedOccurrences: 2 })
    const second = await doneAndNext(afterMissed)
    await ada.ok('PATCH', `/tasks/${second.id}`, { recurrence: { rule: 'FREQ=DAILY;INTERVAL=2' } })
    const third = await doneAndNext(await ada.task(second.id))
    await act(third, 'skip')
    const open = await ada.nextAfter(third)
    const told = await story(open)
    expect(told).toMatchObject({ completed: 3, skipped: 1, missed: 2, streak: 2, longestStreak: 2 })
    expect(told.occurrences.map(({ taskId }: { taskId: string }) => taskId)).toEqual(
      [open, third, second, afterMissed, task].map(({ id }) => id),
    )
  })

  test('ends with this occurrence when that is wanted, and keeps its story', async () => {
    const task = await doneAndNext(await weekly())
    expect(await act(task, 'end-series')).toMatchObject({
      recurrence: { rule: 'FREQ=WEEKLY;BYDAY=MO;UNTIL=20400109' },
      seriesId: task.seriesId,
    })
    await ada.complete(task)
    await doneAndNext(await weekly())
    expect(await ada.occurrences(task)).toHaveLength(2)
    expect(await story(task)).toMatchObject({ completed: 2, streak: 2 })
  })

  test('of somebody else is a 404, and so is what does not recur', async () => {
    const eve = await app.signUp('Eve')
    const task = await weekly()
    for (const action of ['skip', 'end-series'])
      expect((await eve.call('POST', `/tasks/${task.id}/${action}`)).status).toBe(404)
    expect((await eve.call('GET', `/tasks/${task.id}/series`)).status).toBe(404)
    const plain = await ada.createTask()
    expect((await ada.call('GET', `/tasks/${plain.id}/series`)).status).toBe(404)
    expect((await ada.call('POST', `/tasks/${plain.id}/end-series`)).body.detail).toBe('This task does not recur.')
  })
})
