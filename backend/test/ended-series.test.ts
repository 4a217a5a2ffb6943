import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Task } from '@todo/model/task'
import { createBackend, occurrenceDue } from './harness.ts'
import type { Client, TestBackend } from './harness.ts'

let backend: TestBackend
let ada: Client
beforeAll(async () => {
  backend = await createBackend()
  ada = await backend.signUp()
})
afterAll(() => backend.close())

describe('a series that ends otherwise', () => {
  const second = async (): Promise<Task> => {
    const task = await ada.createTask({
      title: 'Vitamins',
      due: { date: '2027-01-01' },
      recurrence: { rule: 'FREQ=DAILY;COUNT=3', anchor: 'completion', additions: ['2027-01-09'] },
    })
    await ada.call('POST', `/tasks/${task.id}/complete`)
    await backend.deliver(await occurrenceDue(ada, task, '2027-01-02'))
    const next = (await ada.call('GET', '/tasks?state=open')).body.items.find(
      ({ seriesId }: Task) => seriesId === task.seriesId,
    )
    const change = { due: { date: '2027-01-02', time: '10:00' }, title: 'With water', scope: 'this' }
    return (await ada.call('PATCH', `/tasks/${next.id}`, change)).body
  }

  test('goes on as it was before when it gets its old rule back', async () => {
    const task = await second()
    await ada.call('POST', `/tasks/${task.id}/end-series`)
    const { body } = await ada.call('PATCH', `/tasks/${task.id}`, { recurrence: task.recurrence })
    const { recurrence, seriesId, occurrenceAt, occurrenceNumber, following } = task
    expect(occurrenceNumber).toBe(2)
    expect(body).toMatchObject({ recurrence, seriesId, occurrenceAt, occurrenceNumber, following })
    expect(following).toEqual({ title: 'Vitamins' })
  })

  test.each([
    ['counts on with another number', 'FREQ=DAILY;COUNT=5'],
    ['has come to its last with the number of this one, or fewer', 'FREQ=DAILY;COUNT=1'],
    ['goes on without an end', 'FREQ=DAILY'],
  ])('%s, also when its start is not sent along', async (_what, rule) => {
    const task = await second()
    const { start, ...recurrence } = task.recurrence!
    const { status, body } = await ada.call('PATCH', `/tasks/${task.id}`, { recurrence: { ...recurrence, rule } })
    const { seriesId, occurrenceNumber, occurrenceAt } = task
    expect(status).toBe(200)
    expect(body).toMatchObject({ seriesId, occurrenceNumber, occurrenceAt, recurrence: { rule, start } })
  })

  test('is another one when it moves to its own first day', async () => {
    const task = await second()
    const change = { due: { date: '2027-01-01' }, scope: 'following' }
    const { body } = await ada.call('PATCH', `/tasks/${task.id}`, change)
    expect(body.seriesId).not.toBe(task.seriesId)
    expect(body).toMatchObject({ occurrenceNumber: 1, recurrence: { rule: 'FREQ=DAILY;COUNT=2' } })
  })

  test('does not get it back when its last occurrence is done', async () => {
    const task = await second()
    await ada.call('POST', `/tasks/${task.id}/end-series`)
    await ada.call('POST', `/tasks/${task.id}/complete`)
    const { recurrence } = task
    expect(await ada.call('PATCH', `/tasks/${task.id}`, { recurrence })).toMatchObject({ status: 409 })
  })
})
