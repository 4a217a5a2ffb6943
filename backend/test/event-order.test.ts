import { afterAll, beforeAll, expect, test } from 'vitest'
import fc from 'fast-check'
import { v7 as uuidv7 } from 'uuid'
import type { Delivery } from '@todo/model/api'
import type { TodoEvent } from '@todo/model/events'
import type { Task } from '@todo/model/task'
import { createEvent } from '@todo/platform/create-event'
import { createBackend, occurrenceDue } from './harness.ts'
import type { Client, TestBackend } from './harness.ts'

let backend: TestBackend
let ada: Client
beforeAll(async () => {
  backend = await createBackend()
  ada = await backend.signUp()
})
afterAll(() => backend.close())

const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 9, 0, second)).toISOString()

/** What the notification service tells of a mail that was sent at the third try. */
function outcomes(task: Task): TodoEvent[] {
  const base = { reminderId: uuidv7(), taskId: task.id, userId: ada.userId, remindAt: at(0), channel: 'email' as const }
  const origin = { now: new Date(), source: 'notification' } as const
  const failed = (attempt: number) =>
    createEvent('reminder.failed', task.id, { ...base, attempt, at: at(attempt), error: '451', retryAt: at(9) }, origin)
  const sent = createEvent('reminder.delivered', task.id, { ...base, attempt: 3, at: at(3) }, origin)
  return [failed(1), failed(2), sent]
}

test('the delivery log is the same in whatever order its events come, and how often', async () => {
  const arrivals = fc.tuple(fc.shuffledSubarray([0, 1, 2], { minLength: 3 }), fc.array(fc.constantFrom(0, 1, 2)))
  const property = fc.asyncProperty(arrivals, async ([order, again]) => {
    const task = await ada.createTask({ title: 'Reminded' })
    const events = outcomes(task)
    for (const index of [...order, ...again]) await backend.deliver(events[index]!)
    const { items } = (await ada.call('GET', `/tasks/${task.id}/deliveries`)).body
    const log = items.map(({ attempt, status }: Delivery) => `${attempt} ${status}`)
    expect(log).toEqual(['3 delivered', '2 retrying', '1 retrying'])
  })
  await fc.assert(property, { numRuns: 20 })
})

test('what a series asked for long ago changes nothing when it comes again: not what was done since, nor the bin', async () => {
  const first = await ada.createTask({ due: { date: '2040-01-01' }, recurrence: { rule: 'FREQ=DAILY' } })
  await ada.call('POST', `/tasks/${first.id}/complete`)
  const askedFirst = await occurrenceDue(ada, first, '2040-01-02')
  await backend.deliver(askedFirst)
  const second: Task = (await ada.call('GET', `/tasks/${askedFirst.data.nextTaskId}`)).body
  await ada.call('POST', `/tasks/${second.id}/complete`)
  const askedSecond = await occurrenceDue(ada, second, '2040-01-03')
  await backend.deliver(askedSecond)
  await ada.call('DELETE', `/tasks/${askedSecond.data.nextTaskId}`)
  const before = await everything()
  for (const event of [askedSecond, askedFirst]) {
    await backend.deliver(event)
    await backend.deliver({ ...event, id: uuidv7() })
  }
  expect(await everything()).toEqual(before)
})

async function everything(): Promise<unknown[]> {
  const pages = ['/tasks?state=all&limit=200', '/tasks?state=deleted&limit=200'].map((path) => ada.call('GET', path))
  return (await Promise.all(pages)).map(({ body }) => body)
}
