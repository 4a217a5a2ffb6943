import { describe, expect, test } from 'vitest'
import { occurrenceId } from '@todo/model/occurrence-id'
import { presetRule } from '@todo/model/recurrence-presets'
import type { RecurrencePreset } from '@todo/model/recurrence-presets'
import type { Task } from '@todo/model/task'
import type { App } from './mode.ts'
import { beforeAll } from './shared-app.ts'
import { day } from './support/days.ts'
import { untilLessNoise } from './support/less-noise.ts'
import type { Person } from './support/person.ts'

let app: App
let ada: Person
beforeAll(async ({ sharedApp }) => {
  app = sharedApp
  ada = await app.signUp('Ada', { timeZone: 'Europe/Lisbon' })
})

const daily = (extra: Record<string, unknown> = {}) =>
  ada.createTask({ title: 'Vitamins', due: { date: '2040-01-01' }, recurrence: { rule: 'FREQ=DAILY' }, ...extra })

/** By the time that another series has gone on, this one would have too. */
async function othersHaveGoneOn(): Promise<void> {
  const other = await daily({ title: 'Another' })
  await ada.complete(other)
  await ada.nextAfter(other)
}

describe('completing a recurring task', () => {
  test('makes exactly one next, like the one before, with a fresh checklist, in the same list', async () => {
    const list = await ada.ok('POST', '/lists', { name: 'Health' })
    const task = await daily({
      listId: list.id,
      notes: 'two of them',
      priority: 'high',
      tags: ['health', 'morning'],
      due: { date: '2040-01-01', time: '08:00' },
      reminders: [{ kind: 'relative', minutesBefore: 30 }],
      subtasks: [{ title: 'Take them', completedAt: '2026-01-01T00:00:00Z' }, { title: 'Drink' }],
    })
    await ada.complete(task)
    const next = await ada.nextAfter(task)
    expect(next).toMatchObject({
      listId: list.id,
      title: 'Vitamins',
      notes: 'two of them',
      priority: 'high',
      tags: ['health', 'morning'],
      due: { date: '2040-01-02', time: '08:00', timeZone: 'Europe/Lisbon' },
      dueAt: '2040-01-02T08:00:00.000Z',
      recurrence: task.recurrence,
      occurrenceNumber: 2,
      reminders: [{ kind: 'relative', minutesBefore: 30 }],
      subtasks: [
        { title: 'Take them', completedAt: null },
        { title: 'Drink', completedAt: null },
      ],
      completedAt: null,
    })
    expect(await ada.occurrences(task)).toHaveLength(2)
  })

  test('leaves the completed one behind as history', async () => {
    const task = await daily({ subtasks: [{ title: 'part', completedAt: '2026-01-01T00:00:00Z' }] })
    await ada.complete(task)
    await ada.nextAfter(task)
    expect(await ada.task(task.id)).toMatchObject({
      due: { date: '2040-01-01' },
      completedAt: expect.any(String),
      subtasks: [{ completedAt: '2026-01-01T00:00:00.000Z' }],
    })
    const types = async () => (await ada.history(task)).map(({ type }) => type)
    await expect.poll(types, { timeout: 5_000 }).toEqual(['task.completed', 'task.created'])
  })

  test('shows the next one in under a second', async () => {
    const stream = await ada.openStream()
    await untilLessNoise(async () => {
      const task = await daily()
      const since = performance.now()
      await ada.complete(task)
      const shown = await stream.changeOf(occurrenceId(task.seriesId!, '2040-01-02'), 1)
      console.log(`series: the next one shown ${(shown.receivedAt - since).toFixed(0)} ms after the click`)
      expect(shown.receivedAt - since).toBeLessThan(1_000)
    })
    stream.close()
  })

  test('50 times at once makes one next', async () => {
    const task = await daily()
    await Promise.all(Array.from({ length: 50 }, () => ada.complete(task)))
    await ada.nextAfter(task)
    await othersHaveGoneOn()
    expect((await ada.occurrences(task)).map(({ occurrenceNumber }) => occurrenceNumber)).toEqual([1, 2])
  })

  test('together with others brings each its next', async () => {
    const tasks = await Promise.all([daily(), daily(), daily()])
    await ada.ok('POST', '/tasks/batch', { action: 'complete', ids: tasks.map(({ id }) => id) })
    const next = await Promise.all(tasks.map((task) => ada.nextAfter(task)))
    expect(new Set(next.map(({ seriesId }) => seriesId)).size).toBe(3)
  })
})

describe('the next date', () => {
  const preset = (name: RecurrencePreset, start: string): [string, string] => [presetRule(name, start)!, start]
  test.each<[string, string, string[]]>([
    [...preset('daily', '2040-12-31'), ['2041-01-01', '2041-01-02']],
    [...preset('weekdays', '2040-02-02'), ['2040-02-03', '2040-02-06']],
    [...preset('weekly', '2040-02-01'), ['2040-02-08', '2040-02-15']],
    [...preset('monthly', '2041-01-31'), ['2041-02-28', '2041-03-31', '2041-04-30']],
    [...preset('yearly', '2040-02-29'), ['2041-02-28', '2042-02-28', '2043-02-28', '2044-02-29']],
    ['FREQ=WEEKLY;BYDAY=MO,WE,FR', '2040-01-02', ['2040-01-04', '2040-01-06', '2040-01-09']],
    ['FREQ=MONTHLY;BYDAY=-1FR', '2040-01-27', ['2040-02-24', '2040-03-30']],
    ['FREQ=WEEKLY;INTERVAL=2;BYDAY=SU', '2040-01-01', ['2040-01-15', '2040-01-29']],
    ['FREQ=DAILY;UNTIL=20400102', '2040-01-01', ['2040-01-02']],
  ])('of %s from %s is %j', async (rule, start, dates) => {
    expect(await datesAfter(start, rule, dates.length)).toEqual(dates)
  })

  /** Completes one after the other. */
  async function datesAfter(start: string, rule: string, count: number): Promise<string[]> {
    let task = await daily({ due: { date: start }, recurrence: { rule } })
    const dates: string[] = []
    for (let n = 0; n < count; n += 1) {
      await ada.complete(task)
      task = await ada.nextAfter(task)
      dates.push(task.due!.date)
    }
    return dates
  }

  test('keeps the time on the clock when summer time begins and ends', async () => {
    const instants = async (date: string) => {
      const task = await daily({ due: { date, time: '09:00' } })
      await ada.complete(task)
      return [task.dueAt, (await ada.nextAfter(task)).dueAt]
    }
    expect(await instants('2040-03-24')).toEqual(['2040-03-24T09:00:00.000Z', '2040-03-25T08:00:00.000Z'])
    expect(await instants('2040-10-27')).toEqual(['2040-10-27T08:00:00.000Z', '2040-10-28T09:00:00.000Z'])
  })

  test('exists even when its time does not: the night that summer time begins', async () => {
    const task = await daily({ due: { date: '2040-03-24', time: '01:30' } })
    await ada.complete(task)
    const skipped = await ada.nextAfter(task)
    expect(skipped).toMatchObject({ due: { date: '2040-03-25', time: '01:30' }, dueAt: '2040-03-25T01:30:00.000Z' })
    await ada.complete(skipped)
    expect(await ada.nextAfter(skipped)).toMatchObject({ due: { date: '2040-03-26', time: '01:30' } })
  })

  test('is on the right weekday far from Greenwich', async () => {
    const mo = await app.signUp('Mo', { timeZone: 'Pacific/Honolulu' })
    const task = await mo.createTask({
      title: 'Surf',
      due: { date: '2040-01-01', time: '23:30' },
      recurrence: { rule: 'FREQ=WEEKLY;BYDAY=SU' },
    })
    await mo.complete(task)
    expect(await mo.nextAfter(task)).toMatchObject({ due: { date: '2040-01-08' }, dueAt: '2040-01-09T09:30:00.000Z' })
  })

  test('after completing late is never another past one', async () => {
    const late = await daily({ due: { date: day(-10) } })
    await ada.complete(late)
    const next = await ada.nextAfter(late)
    expect(next).toMatchObject({ due: { date: day(0) }, missedOccurrences: 9, occurrenceNumber: 11 })
    const weekly = await daily({ due: { date: day(-15), time: '00:00' }, recurrence: { rule: 'FREQ=WEEKLY' } })
    await ada.complete(weekly)
    expect((await ada.nextAfter(weekly)).due!.date).toBe(day(6))
  })

  test('counts from the completion for what is anchored to it', async () => {
    const recurrence = { rule: 'FREQ=DAILY;INTERVAL=3', anchor: 'completion' }
    const late = await daily({ due: { date: day(-5) }, recurrence })
    await ada.complete(late)
    expect((await ada.nextAfter(late)).due!.date).toBe(day(3))
  })

  test('does not come any more after COUNT and UNTIL', async () => {
    const twice = await daily({ recurrence: { rule: 'FREQ=DAILY;COUNT=2' } })
    const until = await daily({ recurrence: { rule: 'FREQ=DAILY;UNTIL=20400101' } })
    await ada.complete(twice)
    await ada.complete(await ada.nextAfter(twice))
    await ada.complete(until)
    await othersHaveGoneOn()
    expect([await ada.occurrences(twice), await ada.occurrences(until)]).toMatchObject([{ length: 2 }, { length: 1 }])
  })

  test('leaves out excepted dates', async () => {
    const task = await daily({ recurrence: { rule: 'FREQ=DAILY', exceptions: ['2040-01-02', '2040-01-03'] } })
    await ada.complete(task)
    expect((await ada.nextAfter(task)).due!.date).toBe('2040-01-04')
  })
})

describe('the future of a series', () => {
  test('is cancelled by deleting the open occurrence, and goes on when it is restored and completed', async () => {
    const task = await daily()
    await ada.ok('DELETE', `/tasks/${task.id}`)
    await othersHaveGoneOn()
    expect(await ada.occurrences(task)).toEqual([])
    await ada.ok('POST', `/tasks/${task.id}/restore`)
    await ada.complete(task)
    expect((await ada.nextAfter(task)).due!.date).toBe('2040-01-02')
  })

  test('is taken back with an untouched next when the completed one is reopened, and comes again', async () => {
    const task = await daily()
    await ada.complete(task)
    const next = await ada.nextAfter(task)
    await ada.ok('POST', `/tasks/${task.id}/reopen`)
    expect((await ada.occurrences(task)).map(({ id }) => id)).toEqual([task.id])
    await ada.complete(task)
    expect((await ada.nextAfter(task)).id).toBe(next.id)
  })

  test('stays when the next was worked on before the completed one is reopened', async () => {
    const task = await daily()
    await ada.complete(task)
    const next = await ada.nextAfter(task)
    await ada.ok('PATCH', `/tasks/${next.id}`, { notes: 'mine' })
    await ada.ok('POST', `/tasks/${task.id}/reopen`)
    expect(await ada.occurrences(task)).toHaveLength(2)
  })

  test('is none without a recurrence, and follows a new rule', async () => {
    const ended = await daily({ title: 'Just once' })
    await ada.ok('PATCH', `/tasks/${ended.id}`, { recurrence: null })
    await ada.complete(ended)
    const changed: Task = await ada.ok('PATCH', `/tasks/${(await daily()).id}`, { recurrence: { rule: 'FREQ=YEARLY' } })
    await ada.complete(changed)
    expect((await ada.nextAfter(changed)).due!.date).toBe('2041-01-01')
    await othersHaveGoneOn()
    expect(await ada.titles('q=%22Just once%22&state=all')).toEqual(['Just once'])
  })

  test('survives completing and reopening at the same time: one open occurrence at the end', async () => {
    const task = await daily()
    for (let round = 0; round < 3; round += 1) {
      await Promise.all([ada.complete(task), ada.ok('POST', `/tasks/${task.id}/reopen`), ada.complete(task)])
    }
    await ada.complete(task)
    await ada.nextAfter(task)
    await othersHaveGoneOn()
    const open = (await ada.occurrences(task)).filter(({ completedAt }) => !completedAt)
    expect(open.map(({ occurrenceNumber }) => occurrenceNumber)).toEqual([2])
  })
})
