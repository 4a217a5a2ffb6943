import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { v7 as uuidv7 } from 'uuid'
import { createBackend } from './harness.ts'
import type { Client, TestBackend } from './harness.ts'

let backend: TestBackend
let ada: Client

beforeAll(async () => {
  backend = await createBackend()
  ada = await backend.signUp()
})
afterAll(() => backend.close())

describe('creating', () => {
  test('a task needs no more than a title and lands in the Inbox with medium priority', async () => {
    const task = await ada.createTask({ title: '  Buy   milk ' })
    const me = await ada.call('GET', '/me')
    expect(task).toMatchObject({
      title: 'Buy milk',
      priority: 'medium',
      listId: me.body.inboxId,
      tags: [],
      version: 1,
      due: null,
    })
  })

  test('the same id and content sent twice is one task, other content is refused with the current task', async () => {
    const body = { id: uuidv7(), title: 'Once' }
    const first = await ada.call('POST', '/tasks', body)
    const second = await ada.call('POST', '/tasks', body)
    const other = await ada.call('POST', '/tasks', { ...body, title: 'Twice' })
    expect([first.status, second.status, other.status]).toEqual([201, 200, 409])
    expect(second.body).toEqual(first.body)
    expect(other.body).toMatchObject({ code: 'conflict', current: { title: 'Once' } })
  })

  test('a time without a zone is in the zone of the person', async () => {
    const task = await ada.createTask({ due: { date: '2027-07-01', time: '09:00' } })
    expect(task.due).toEqual({ date: '2027-07-01', time: '09:00', timeZone: 'Europe/Lisbon' })
    expect(task.dueAt).toBe('2027-07-01T08:00:00.000Z')
  })

  test('every wrong field is named with what would be right', async () => {
    const { status, body, headers } = await ada.call('POST', '/tasks', {
      title: '',
      priority: 'urgent',
      due: { date: '2027-02-30' },
      colour: 'red',
    })
    expect(status).toBe(400)
    expect(headers['content-type']).toContain('application/problem+json')
    expect(body.errors.map((error: { field: string }) => error.field).sort()).toEqual([
      'colour',
      'due.date',
      'priority',
      'title',
    ])
    expect(body.errors.find((error: { field: string }) => error.field === 'priority').message).toBe(
      'must be one of low, medium, high',
    )
  })
})
