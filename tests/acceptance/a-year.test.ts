// @module-tag slow
import { afterAll, beforeAll, expect, test } from 'vitest'
import { occurrences } from '@todo/model/recurrence'
import { occurrenceId } from '@todo/model/occurrence-id'
import type { Task } from '@todo/model/task'
import { pollUntil } from '@todo/platform/testing/poll-until'
import { startApp } from './mode.ts'
import type { App } from './mode.ts'
import type { Person } from './support/person.ts'

let app: App
let ada: Person
beforeAll(async () => {
  app = await startApp()
  ada = await app.signUp('Ada', { timeZone: 'Europe/Lisbon' })
})
afterAll(() => app.close())

interface Series {
  name: string
  rule: string
  due: { date: string; time?: string; timeZone?: string }
  /** How many occurrences are done, one after the other. */
  times: number
}

/** In 2040 the clocks of Lisbon change on 25 March and 28 October, those of Lord Howe by half an hour. */
const YEAR: Series[] = [
  { name: 'daily', rule: 'FREQ=DAILY', due: { date: '2040-01-01', time: '01:30' }, times: 366 },
  { name: 'weekly', rule: 'FREQ=WEEKLY;BYDAY=MO,TH', due: { date: '2040-01-02', time: '09:00' }, times: 105 },
  { name: 'monthly', rule: 'FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1', due: { date: '2040-01-31' }, times: 24 },
  { name: 'quarterly', rule: 'FREQ=MONTHLY;INTERVAL=3;BYDAY=-1FR', due: { date: '2040-01-27' }, times: 8 },
  {
    name: 'elsewhere',
    rule: 'FREQ=DAILY;INTERVAL=5',
    due: { date: '2040-01-01', time: '02:15', timeZone: 'Australia/Lord_Howe' },
    times: 73,
  },
]

/** Does every occurrence before its time; answers when each was due, on the wall clock and as an instant. */
async function live({ name: title, rule, due, times }: Series): Promise<unknown[]> {
  let task: Task = await ada.createTask({ title, due, recurrence: { rule } })
  const seen = [dueOf(task)]
  const plan = occurrences({ rule, start: startOf(due), timeZone: zoneOf(due), count: times })
  for (const { local } of plan.slice(1)) {
    await ada.complete(task)
    const id = occurrenceId(task.seriesId!, local)
    const next = async () => {
      const { status, body } = await ada.call('GET', `/tasks/${id}`)
      return status === 200 && (body as Task)
    }
    task = await pollUntil(next, { timeoutMs: 30_000, intervalMs: 5, what: `the ${title} one of ${local}` })
    seen.push(dueOf(task))
  }
  return seen
}

const zoneOf = ({ timeZone = 'Europe/Lisbon' }: Series['due']) => timeZone
const startOf = ({ date, time }: Series['due']) => (time ? `${date}T${time}:00` : date)
const dueOf = ({ due, dueAt }: Task) => [due?.date, due?.time, dueAt]

test('a year of daily, weekly and monthly series, through every change of the clocks, has each occurrence once', async () => {
  const lives = await Promise.all(YEAR.map(live))
  for (const [index, { name, rule, due, times }] of YEAR.entries()) {
    const plan = occurrences({ rule, start: startOf(due), timeZone: zoneOf(due), count: times })
    const expected = plan.map(({ local, instant }) => [
      local.slice(0, 10),
      due.time ?? null,
      due.time ? new Date(instant).toISOString() : null,
    ])
    expect(lives[index], name).toEqual(expected)
    const [open, ...others] = (await ada.tasks(`q=${name}`)).filter(({ title }) => title === name)
    expect([open?.occurrenceNumber, others], name).toEqual([times, []])
    const story = await ada.ok('GET', `/tasks/${open!.id}/series`)
    expect(story, name).toMatchObject({ completed: times - 1, missed: 0, skipped: 0, streak: times - 1 })
  }
}, 300_000)
