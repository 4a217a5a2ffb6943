import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Task } from '@todo/model/task'
import { eventName } from '@todo/model/events'
import { pollUntil } from '@todo/platform/testing/poll-until'
import { createBackend } from './harness.ts'
import type { Client, TestBackend } from './harness.ts'

let backend: TestBackend
let ada: Client
beforeAll(async () => {
  backend = await createBackend()
  ada = await backend.signUp()
})
afterAll(() => backend.close())

const eventsOf = (taskId: string) => backend.published.filter((event) => event.subject === taskId)

async function settled(taskId: string, count: number) {
  return pollUntil(() => eventsOf(taskId).length >= count && eventsOf(taskId), { what: `${count} events` })
}

describe('merging', () => {
  test('a field that was not sent is not touched', async () => {
    const task = await ada.createTask({ title: 'Rent', notes: 'IBAN', tags: ['home'], due: { date: '2027-01-01' } })
    const { body } = await ada.call('PATCH', `/tasks/${task.id}`, { priority: 'high' })
    expect(body).toEqual({ ...task, priority: 'high', version: 2, updatedAt: body.updatedAt })
  })

  test('nothing sent, and nothing different, is no new version and no event', async () => {
    const task = await ada.createTask({ title: 'Same' })
    await ada.call('PATCH', `/tasks/${task.id}`, {})
    const { body } = await ada.call('PATCH', `/tasks/${task.id}`, { title: 'Same', tags: [] })
    expect(body.version).toBe(1)
  })

  test('a change of an older version is refused with the current task', async () => {
    const task = await ada.createTask({ title: 'Mine' })
    await ada.call('PATCH', `/tasks/${task.id}`, { title: 'Theirs' })
    const { status, body } = await ada.call('PATCH', `/tasks/${task.id}`, { title: 'Mine too' }, { 'if-match': '"1"' })
    expect(status).toBe(409)
    expect(body).toMatchObject({ code: 'version-conflict', current: { title: 'Theirs', version: 2 } })
    const again = await ada.call('PATCH', `/tasks/${task.id}`, { title: 'Mine too' }, { 'if-match': '"2"' })
    expect(again.body.title).toBe('Mine too')
  })

  test.each([
    ['PATCH', '', { title: 'Late' }],
    ['DELETE', '', undefined],
    ['POST', '/complete', {}],
    ['POST', '/reorder', { after: null }],
    ['POST', '/subtasks', { title: 'Late' }],
    ['PATCH', '/subtasks/SUBTASK', { completed: true }],
    ['DELETE', '/subtasks/SUBTASK', undefined],
  ] as const)('%s /tasks/ID%s of an older version is refused, of this one done', async (method, path, body) => {
    const task = await ada.createTask({ title: 'Seen', subtasks: [{ title: 'One' }] })
    await ada.call('PATCH', `/tasks/${task.id}`, { title: 'Changed since' })
    const address = `/tasks/${task.id}${path.replace('SUBTASK', task.subtasks[0]!.id)}`
    const late = await ada.call(method, address, body, { 'if-match': '"1"' })
    expect(late).toMatchObject({
      status: 409,
      body: { code: 'version-conflict', current: { title: 'Changed since', version: 2, completedAt: null } },
    })
    expect((await ada.call('GET', `/tasks/${task.id}`)).body).toEqual(late.body.current)
    expect((await ada.call(method, address, body, { 'if-match': '"2"' })).status).toBeLessThan(300)
  })

  test('subtasks of a task in the bin stay as they are', async () => {
    const task = await ada.createTask({ title: 'Gone', subtasks: [{ title: 'One' }] })
    await ada.call('DELETE', `/tasks/${task.id}`)
    const { status, body } = await ada.call('POST', `/tasks/${task.id}/subtasks`, { title: 'Two' })
    expect([status, body.code]).toEqual([409, 'conflict'])
  })

  test('an event says who changed what from what to what, in the order of the versions', async () => {
    const task = await ada.createTask({ title: 'One' })
    await ada.call(
      'PATCH',
      `/tasks/${task.id}`,
      { title: 'Two', tags: ['x'] },
      { 'x-client-id': 'tab-1', 'x-mutation-id': 'm-1' },
    )
    await ada.call('POST', `/tasks/${task.id}/complete`)
    const events = await settled(task.id, 6)
    const changes = events.filter((event) => eventName(event.type) !== 'task.changed')
    expect(changes.map((event) => eventName(event.type))).toEqual(['task.created', 'task.updated', 'task.completed'])
    expect(changes.map((event) => (event.data as { version: number }).version)).toEqual([1, 2, 3])
    expect(changes[1]!.data).toMatchObject({
      actor: { kind: 'user', id: ada.userId },
      clientId: 'tab-1',
      mutationId: 'm-1',
      changes: { title: ['One', 'Two'], tags: [[], ['x']] },
    })
    expect(events.at(-1)!.data).toMatchObject({
      eventType: 'task.completed',
      oldStatus: 'open',
      newStatus: 'completed',
      audience: [ada.userId],
    })
  })
})

describe('completing and the bin', () => {
  test('completing twice is completing once', async () => {
    const task = await ada.createTask({ title: 'Once' })
    const first = await ada.call('POST', `/tasks/${task.id}/complete`)
    const second = await ada.call('POST', `/tasks/${task.id}/complete`, {})
    expect(second.body).toEqual(first.body)
    await settled(task.id, 4)
    expect(eventsOf(task.id).filter((event) => eventName(event.type) === 'task.completed')).toHaveLength(1)
  })

  test('50 people completing at once complete it once', async () => {
    const task = await ada.createTask({
      title: 'Race',
      due: { date: '2027-01-01' },
      recurrence: { rule: 'FREQ=DAILY' },
    })
    const answers = await Promise.all(Array.from({ length: 50 }, () => ada.call('POST', `/tasks/${task.id}/complete`)))
    expect(new Set(answers.map((answer) => answer.body.version))).toEqual(new Set([2]))
    await settled(task.id, 4)
    expect(eventsOf(task.id).filter((event) => eventName(event.type) === 'task.completed')).toHaveLength(1)
  })

  test('a deleted task comes back as it was, and cannot be completed in between', async () => {
    const task = await ada.createTask({ title: 'Back', tags: ['a'] })
    await ada.call('DELETE', `/tasks/${task.id}`)
    expect((await ada.call('POST', `/tasks/${task.id}/complete`)).status).toBe(409)
    const { body } = await ada.call('POST', `/tasks/${task.id}/restore`)
    expect(body).toMatchObject({ title: 'Back', tags: ['a'], deletedAt: null, version: 3 })
  })
})

describe('an Idempotency-Key', () => {
  test('gives the first answer again without a second effect', async () => {
    const headers = { 'idempotency-key': 'k1' }
    const first = await ada.call('POST', '/tasks', { title: 'Keyed' }, headers)
    const second = await ada.call('POST', '/tasks', { title: 'Keyed' }, headers)
    expect(second.body).toEqual(first.body)
    expect([first.status, second.status]).toEqual([201, 201])
    const other = await ada.call('POST', '/tasks', { title: 'Another' }, headers)
    expect(other).toMatchObject({ status: 422, body: { code: 'idempotency-mismatch' } })
  })

  test('ten at once have one effect', async () => {
    const headers = { 'idempotency-key': 'k10' }
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => ada.call('POST', '/tasks', { title: 'Ten' }, headers)),
    )
    expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1)
  })

  test('a failed request does not use up its key', async () => {
    const headers = { 'idempotency-key': 'k-fail' }
    expect((await ada.call('POST', '/tasks', { title: '' }, headers)).status).toBe(400)
    expect((await ada.call('POST', '/tasks', { title: 'Fine' }, headers)).status).toBe(201)
  })
})

describe('a due date that is cleared', () => {
  const absolute = { kind: 'absolute', at: '2040-01-01T09:00:00.000Z' }
  const relative = { kind: 'relative', minutesBefore: 30 }
  const due = { date: '2040-01-02', time: '09:00' }

  test('takes along what counts back from it, and says so; a reminder at a moment of its own stays', async () => {
    const task = await ada.createTask({ title: 'Reminded', due, reminders: [relative, absolute] })
    const { body } = await ada.call('PATCH', `/tasks/${task.id}`, { due: null })
    expect(body).toMatchObject({ due: null, reminders: [absolute] })
    expect(body.reminders[0].id).toBe(task.reminders[1]!.id)
    const { data } = await backend.event('task.updated', task.id)
    expect(data.changes).toEqual({ due: [task.due, null], reminders: [task.reminders, body.reminders] })
    await pollUntil(() => [...backend.jobs.values()].filter((job) => job.data.taskId === task.id).length === 1)
  })

  test('with a reminder before it sent along is refused by name', async () => {
    const task = await ada.createTask({ title: 'Reminded', due, reminders: [relative] })
    const { status, body } = await ada.call('PATCH', `/tasks/${task.id}`, { due: null, reminders: task.reminders })
    expect([status, body.errors[0].field]).toEqual([400, 'reminders.0'])
  })
})

describe('subtasks and tags', () => {
  test('subtasks are added, checked, renamed and deleted one by one', async () => {
    const task = await ada.createTask({ title: 'Trip', subtasks: [{ title: 'Pack' }] })
    const added = (await ada.call('POST', `/tasks/${task.id}/subtasks`, { title: 'Tickets' })).body as Task
    const [pack, tickets] = added.subtasks
    await ada.call('PATCH', `/tasks/${task.id}/subtasks/${pack!.id}`, { completed: true })
    await ada.call('PATCH', `/tasks/${task.id}/subtasks/${tickets!.id}`, { title: 'Train tickets' })
    const { body } = await ada.call('GET', `/tasks/${task.id}`)
    expect(body.subtasks).toMatchObject([
      { title: 'Pack', completedAt: expect.any(String) },
      { title: 'Train tickets', completedAt: null },
    ])
    const left = await ada.call('DELETE', `/tasks/${task.id}/subtasks/${pack!.id}`)
    expect(left.body.subtasks).toHaveLength(1)
    expect((await ada.call('DELETE', `/tasks/${task.id}/subtasks/${pack!.id}`)).status).toBe(404)
  })
})
