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
    ['counts on with another number', 5, 2, true],
    ['has come to its last with the number of this one', 2, 2, true],
    ['begins anew with fewer than there were', 1, 1, false],
  ])('%s', async (_what, count, occurrenceNumber, isSame) => {
    const task = await second()
    const recurrence = { ...task.recurrence, rule: `FREQ=DAILY;COUNT=${count}` }
    const { status, body } = await ada.call('PATCH', `/tasks/${task.id}`, { recurrence, due: { date: '2027-01-02' } })
    expect([status, body.occurrenceNumber, body.seriesId === task.seriesId]).toEqual([200, occurrenceNumber, isSame])
  })

  test('does not get it back when its last occurrence is done', async () => {
    const task = await second()
    await ada.call('POST', `/tasks/${task.id}/end-series`)
    await ada.call('POST', `/tasks/${task.id}/complete`)
    const { recurrence } = task
    expect(await ada.call('PATCH', `/tasks/${task.id}`, { recurrence })).toMatchObject({ status: 409 })
  })
})
