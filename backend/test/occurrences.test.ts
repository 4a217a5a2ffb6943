import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { v7 as uuidv7 } from 'uuid'
import { occurrenceId } from '@todo/model/occurrence-id'
import type { Task } from '@todo/model/task'
import { pollUntil } from '@todo/platform/testing/poll-until'
import { createBackend, occurrenceDue } from './harness.ts'
import type { Client, TestBackend } from './harness.ts'

let backend: TestBackend
let ada: Client
beforeAll(async () => {
  backend = await createBackend()
  ada = await backend.signUp()
})
afterAll(() => backend.close())

async function daily(extra: Record<string, unknown> = {}): Promise<Task> {
  return ada.createTask({
    title: 'Vitamins',
    due: { date: '2027-01-01' },
    recurrence: { rule: 'FREQ=DAILY' },
    ...extra,
  })
}

const occurrencesOf = async (task: Task): Promise<Task[]> => {
  const { body } = await ada.call('GET', '/tasks?state=all&sort=due&limit=200')
  return body.items.filter((item: Task) => item.seriesId === task.seriesId)
}

test('the event that a completed occurrence sends has all that the next one is worked out from', async () => {
  const task = await daily()
  await ada.call('POST', `/tasks/${task.id}/complete`)
  const { data } = await backend.event('task.completed', task.id)
  expect(data).toMatchObject({
    timeZone: 'Europe/Lisbon',
    due: { date: '2027-01-01', time: null },
    recurrence: {
      rule: 'FREQ=DAILY',
      anchor: 'due',
      start: '2027-01-01',
      seriesId: task.seriesId,
      occurrenceAt: '2027-01-01',
      occurrenceNumber: 1,
    },
  })
})

test('a series of whole days is counted in the zone of the person, also where one got a time elsewhere', async () => {
  const task = await daily()
  const due = { date: '2027-01-01', time: '09:00', timeZone: 'Asia/Tokyo' }
  await ada.call('PATCH', `/tasks/${task.id}`, { due })
  await ada.call('POST', `/tasks/${task.id}/complete`)
  const { data } = await backend.event('task.completed', task.id)
  expect(data).toMatchObject({ timeZone: 'Europe/Lisbon', due, recurrence: { occurrenceAt: '2027-01-01' } })
})

test('the next occurrence has tags, priority, reminders and a fresh checklist, in the same list; the completed one stays', async () => {
  const list = (await ada.call('POST', '/lists', { name: 'Health' })).body.id
  const task = await daily({
    listId: list,
    tags: ['health'],
    priority: 'high',
    notes: 'two of them',
    reminders: [{ kind: 'relative', minutesBefore: 30 }],
    subtasks: [{ title: 'Take them', completedAt: '2026-12-31T10:00:00Z' }],
  })
  await ada.call('POST', `/tasks/${task.id}/complete`)
  await backend.deliver(await occurrenceDue(ada, task, '2027-01-02'))
  const [done, next] = await occurrencesOf(task)
  expect(done).toMatchObject({ id: task.id, completedAt: expect.any(String) })
  expect(next).toMatchObject({
    id: occurrenceId(task.seriesId!, '2027-01-02'),
    listId: list,
    title: 'Vitamins',
    notes: 'two of them',
    tags: ['health'],
    priority: 'high',
    due: { date: '2027-01-02', time: null },
    occurrenceNumber: 2,
    completedAt: null,
    subtasks: [{ title: 'Take them', completedAt: null }],
  })
  const alarm = await pollUntil(() => [...backend.jobs.values()].find((job) => job.data.taskId === next!.id))
  expect(alarm.at.toISOString()).toBe('2027-01-02T08:30:00.000Z')
})

test('the same event twice, and another event for the same time, make one occurrence', async () => {
  const task = await daily()
  await ada.call('POST', `/tasks/${task.id}/complete`)
  const event = await occurrenceDue(ada, task, '2027-01-02')
  await backend.deliver(event)
  await backend.deliver(event)
  await Promise.all([backend.deliver({ ...event, id: uuidv7() }), backend.deliver({ ...event, id: uuidv7() })])
  expect(await occurrencesOf(task)).toHaveLength(2)
})

describe('reopening', () => {
  test('takes the untouched next occurrence back, and completing again brings it again', async () => {
    const task = await daily()
    await ada.call('POST', `/tasks/${task.id}/complete`)
    await backend.deliver(await occurrenceDue(ada, task, '2027-01-02'))
    await ada.call('POST', `/tasks/${task.id}/reopen`)
    expect(await occurrencesOf(task)).toHaveLength(1)
    const bin = await ada.call('GET', '/tasks?state=deleted&limit=200')
    expect(bin.body.items.filter((item: Task) => item.seriesId === task.seriesId)).toEqual([])
    await ada.call('POST', `/tasks/${task.id}/complete`)
    await backend.deliver(await occurrenceDue(ada, task, '2027-01-02'))
    const [, next] = await occurrencesOf(task)
    expect(next).toMatchObject({ completedAt: null, deletedAt: null, version: 3 })
  })

  test('leaves a next occurrence alone that was changed', async () => {
    const task = await daily()
    await ada.call('POST', `/tasks/${task.id}/complete`)
    await backend.deliver(await occurrenceDue(ada, task, '2027-01-02'))
    const [, next] = await occurrencesOf(task)
    await ada.call('PATCH', `/tasks/${next!.id}`, { notes: 'with water' })
    await ada.call('POST', `/tasks/${task.id}/reopen`)
    expect(await occurrencesOf(task)).toHaveLength(2)
  })

  test('before the event arrives means that nothing is made', async () => {
    const task = await daily()
    await ada.call('POST', `/tasks/${task.id}/complete`)
    const event = await occurrenceDue(ada, task, '2027-01-02')
    await ada.call('POST', `/tasks/${task.id}/reopen`)
    await backend.deliver(event)
    expect(await occurrencesOf(task)).toHaveLength(1)
  })
})

test('deleting the open occurrence cancels the future, deleting a completed one does not', async () => {
  const task = await daily()
  await ada.call('DELETE', `/tasks/${task.id}`)
  expect((await ada.call('POST', `/tasks/${task.id}/complete`)).status).toBe(409)
  const other = await daily()
  await ada.call('POST', `/tasks/${other.id}/complete`)
  await ada.call('DELETE', `/tasks/${other.id}`)
  await backend.deliver(await occurrenceDue(ada, other, '2027-01-02'))
  expect((await occurrencesOf(other)).map(({ occurrenceNumber }) => occurrenceNumber)).toEqual([2])
})

test('the next occurrence in a list that went to the bin comes back with it', async () => {
  const list = (await ada.call('POST', '/lists', { name: 'Gone for a while' })).body.id
  const task = await daily({ listId: list })
  await ada.call('POST', `/tasks/${task.id}/complete`)
  const event = await occurrenceDue(ada, task, '2027-01-02')
  await ada.call('DELETE', `/lists/${list}`)
  await backend.deliver(event)
  await ada.call('POST', `/lists/${list}/restore`)
  expect(await occurrencesOf(task)).toHaveLength(2)
})

test('a completion that was taken back asks in vain, and a series has one open successor', async () => {
  const task = await daily()
  await ada.call('POST', `/tasks/${task.id}/complete`)
  const first = await occurrenceDue(ada, task, '2027-01-02')
  await ada.call('POST', `/tasks/${task.id}/reopen`)
  await ada.call('POST', `/tasks/${task.id}/complete`)
  await backend.deliver(await occurrenceDue(ada, task, '2027-01-04'))
  await backend.deliver(first)
  const [, next, ...more] = await occurrencesOf(task)
  expect(more).toEqual([])
  expect(next!.due!.date).toBe('2027-01-04')
  await ada.call('PATCH', `/tasks/${next!.id}`, { notes: 'touched' })
  await ada.call('POST', `/tasks/${task.id}/reopen`)
  await ada.call('POST', `/tasks/${task.id}/complete`)
  await backend.deliver(await occurrenceDue(ada, task, '2027-01-05'))
  expect(await occurrencesOf(task)).toHaveLength(2)
})

test('a tag is renamed also where a withdrawn occurrence has it', async () => {
  const person = await backend.signUp('Wi')
  const task = await person.createTask({
    title: 'w',
    tags: ['w'],
    due: { date: '2027-01-01' },
    recurrence: { rule: 'FREQ=DAILY' },
  })
  await person.call('POST', `/tasks/${task.id}/complete`)
  await backend.deliver(await occurrenceDue(person, task, '2027-01-02'))
  await person.call('POST', `/tasks/${task.id}/reopen`)
  expect((await person.call('PATCH', '/tags/w', { name: 'w2' })).status).toBe(200)
})

describe('what recurs', () => {
  test('has a due date: one without is refused, and clearing it alone too', async () => {
    const refused = await ada.call('POST', '/tasks', { title: 'x', recurrence: { rule: 'FREQ=DAILY' } })
    expect(refused).toMatchObject({ status: 400, body: { errors: [{ field: 'due' }] } })
    const task = await daily()
    expect((await ada.call('PATCH', `/tasks/${task.id}`, { due: null })).body.errors[0].field).toBe('due')
    const cleared = await ada.call('PATCH', `/tasks/${task.id}`, { due: null, recurrence: null })
    expect(cleared.body).toMatchObject({ due: null, recurrence: null, seriesId: null, occurrenceAt: null })
  })

  test('another due date alone postpones this occurrence and not the series', async () => {
    const task = await daily()
    const { body } = await ada.call('PATCH', `/tasks/${task.id}`, { due: { date: '2027-01-05' } })
    expect(body).toMatchObject({
      due: { date: '2027-01-05' },
      occurrenceAt: '2027-01-01',
      seriesId: task.seriesId,
      recurrence: task.recurrence,
    })
  })

  test('a rule that makes no sense is refused in words', async () => {
    for (const rule of ['FREQ=HOURLY', 'every day', 'FREQ=DAILY;INTERVAL=0', 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30']) {
      const { status, body } = await ada.call('POST', '/tasks', {
        title: 'x',
        due: { date: '2027-01-01' },
        recurrence: { rule },
      })
      expect([rule, status]).toEqual([rule, 400])
      expect(body.errors[0].field).toBe('recurrence.rule')
    }
  })
})
