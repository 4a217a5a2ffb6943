import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { v7 as uuidv7 } from 'uuid'
import { eventName } from '@todo/model/events'
import type { Task } from '@todo/model/task'
import { createBackend, occurrenceDue } from './harness.ts'
import type { Client, TestBackend } from './harness.ts'

let backend: TestBackend
let ada: Client
let first: Task
let second: Task
beforeAll(async () => {
  backend = await createBackend()
})
afterAll(() => backend.close())
beforeEach(async () => {
  ada = await backend.signUp()
  first = await ada.createTask({
    title: 'Vitamins',
    due: { date: '2040-01-01' },
    recurrence: { rule: 'FREQ=DAILY' },
    reminders: [{ kind: 'relative', minutesBefore: 30 }],
  })
  second = (await completeFirst())!
})

/** Completes it and hands over what recurring-task asks for then; answers the next occurrence that is open. */
async function completeFirst(): Promise<Task | undefined> {
  await change(`/tasks/${first.id}/complete`)
  await backend.deliver(await occurrenceDue(ada, first, '2040-01-02'))
  return (await open()).find((task) => task.id !== first.id)
}

async function change(path: string, body?: unknown): Promise<any> {
  const answer = await ada.call('POST', path, body)
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  return answer.body
}

const open = async (): Promise<Task[]> => (await ada.call('GET', '/tasks')).body.items
const bin = async (): Promise<Task[]> => (await ada.call('GET', '/tasks?state=deleted')).body.items
const remove = (task: Task) => ada.call('DELETE', `/tasks/${task.id}`)

describe('an occurrence and the untouched one after it, reopened at once', () => {
  test.each([
    ['the earlier first', (one: Task, next: Task) => [one.id, next.id]],
    ['the later first', (one: Task, next: Task) => [next.id, one.id]],
  ])('leave the earlier one open and the later one gone: %s', async (_, order) => {
    const ids = order(first, second)
    const { items } = await change('/tasks/batch', { action: 'reopen', ids })
    expect(items.map(({ id }: Task) => id)).toEqual(ids)
    const [one, next] = [first.id, second.id].map((id) => items.find((task: Task) => task.id === id))
    expect([one.completedAt, one.deletedAt]).toEqual([null, null])
    expect([next.version, next.deletedAt]).toEqual([2, expect.any(String)])
    expect(await open()).toEqual([one])
    expect(await bin()).toEqual([])
  })

  test('stay both, when somebody has worked on the later one', async () => {
    await ada.call('PATCH', `/tasks/${second.id}`, { notes: 'with water' })
    await change('/tasks/batch', { action: 'reopen', ids: [first.id, second.id] })
    expect(await open()).toHaveLength(2)
  })
})

describe('a series whose next occurrence was deleted', () => {
  test('goes on with one next when the one before it is reopened and completed again', async () => {
    await remove(second)
    await change(`/tasks/${first.id}/reopen`)
    const next = await completeFirst()
    expect(next).toMatchObject({ due: { date: '2040-01-02' }, occurrenceNumber: 2, completedAt: null, version: 3 })
    expect([await open(), await bin()]).toEqual([[next], []])
    await backend.event('task.restored', next!.id)
    const told = backend.published.filter((event) => event.subject === next!.id).map(({ type }) => eventName(type))
    expect(told.filter((name) => name !== 'task.changed')).toEqual(['task.created', 'task.deleted', 'task.restored'])
  })

  test('is as the one before it, whatever became of the deleted one, and is taken back as any other', async () => {
    const other = (await ada.call('POST', '/lists', { name: 'Other' })).body.id
    await ada.call('PATCH', `/tasks/${second.id}`, { title: 'Changed', reminders: [], listId: other })
    await change(`/tasks/${second.id}/complete`)
    await remove(second)
    await change(`/tasks/${first.id}/reopen`)
    const { id: _, version: _version, updatedAt: _updated, reminders, ...asMade } = second
    const { id: reminderId, ...reminder } = reminders[0]!
    const next = (await completeFirst())!
    expect(next).toMatchObject({ ...asMade, reminders: [reminder] })
    expect(next.reminders[0]!.id).not.toBe(reminderId)
    const { rows } = await query('select list_id from tombstone where task_id = $1', next.id)
    expect(rows).toEqual([{ list_id: other }])
    await change(`/tasks/${first.id}/reopen`)
    expect([(await open()).map(({ id }) => id), await bin()]).toEqual([[first.id], []])
  })

  test('is over when that was its last word: the same completion told again brings nothing back', async () => {
    await remove(second)
    await change(`/tasks/${first.id}/reopen`)
    const next = (await completeFirst())!
    const asked = await occurrenceDue(ada, first, '2040-01-02')
    await remove(next)
    await backend.deliver({ ...asked, id: uuidv7() })
    expect([await open(), (await bin()).map(({ id }) => id)]).toEqual([[], [next.id]])
  })
})

test.each([
  ['another rule', { recurrence: { rule: 'FREQ=DAILY;INTERVAL=4' } }],
  ['another day', { due: { date: '2040-01-05' }, scope: 'following' }],
])('a series that goes on by %s is not begun a second time when the one before it was reopened', async (_, other) => {
  expect((await ada.call('PATCH', `/tasks/${second.id}`, other)).status).toBe(200)
  await change(`/tasks/${first.id}/reopen`)
  expect(await open()).toHaveLength(2)
  await change(`/tasks/${first.id}/complete`)
  await backend.deliver(await occurrenceDue(ada, first, '2040-01-03'))
  expect((await open()).map(({ id }) => id)).toEqual([second.id])
  await remove(second)
  await change(`/tasks/${first.id}/reopen`)
  await change(`/tasks/${first.id}/complete`)
  await backend.deliver(await occurrenceDue(ada, first, '2040-01-03'))
  expect(await open()).toMatchObject([{ seriesId: first.seriesId, due: { date: '2040-01-03' } }])
})

test('the rule of an occurrence that is done stays: its next one goes by it already', async () => {
  const answer = await ada.call('PATCH', `/tasks/${first.id}`, { recurrence: { rule: 'FREQ=WEEKLY' } })
  expect(answer).toMatchObject({ status: 409, body: { detail: expect.stringContaining('the open one of its series') } })
  expect((await ada.call('PATCH', `/tasks/${first.id}`, { title: 'Vitamin D' })).status).toBe(200)
  expect((await ada.call('PATCH', `/tasks/${second.id}`, { recurrence: { rule: 'FREQ=WEEKLY' } })).status).toBe(200)
})

const query = (text: string, ...values: unknown[]) => backend.testDatabase.database.pool.query(text, values)
