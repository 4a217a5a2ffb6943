import { expect, test } from 'vitest'
import { pollUntil } from '@todo/platform/testing/poll-until'
import type { App } from './mode.ts'
import { beforeAll } from './shared-app.ts'
import { day } from './support/days.ts'
import type { Person } from './support/person.ts'

let app: App
let ada: Person
beforeAll(async ({ sharedApp }) => {
  app = sharedApp
  ada = await app.signUp()
})

test('one line makes a task that recurs, and completing it brings the next one', async () => {
  const finance = await ada.ok('POST', '/lists', { name: 'Finance' })
  const text = 'Pay rent every 31st 9am until 2099-12-31 !high #home /Finance remind 1d before'
  const { task, parts } = await ada.ok('POST', '/tasks/quick', { text })
  expect(task).toMatchObject({ title: 'Pay rent', listId: finance.id, priority: 'high', tags: ['home'] })
  expect(task.recurrence.rule).toBe('FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1;UNTIL=20991231')
  expect(parts.map(({ from, to }: { from: number; to: number }) => text.slice(from, to))).toEqual([
    'every 31st 9am until 2099-12-31',
    '!high',
    '#home',
    '/Finance',
    'remind 1d before',
  ])
  await ada.complete(task)
  const [next] = await pollUntil(async () => {
    const open = await ada.tasks(`state=open&listId=${finance.id}`)
    return open.length === 1 ? open : null
  })
  expect(next).toMatchObject({ title: 'Pay rent', occurrenceNumber: 2, reminders: [{ minutesBefore: 1440 }] })
  expect(next!.due!.date > task.due.date).toBe(true)
})

test('what is not understood stays in the title, and the history says who made it', async () => {
  const { task, parts } = await ada.ok('POST', '/tasks/quick', { text: 'Read 1984 in 3 days, not /Nowhere' })
  expect(task).toMatchObject({ title: 'Read 1984, not /Nowhere', due: { date: day(3), time: null } })
  expect(parts).toMatchObject([{ kind: 'due', from: 10, to: 19, date: day(3) }])
  const history = await pollUntil(async () => {
    const lines = await ada.history(task)
    return lines.length > 0 ? lines : null
  })
  expect(history).toMatchObject([{ type: 'task.created' }])
})
