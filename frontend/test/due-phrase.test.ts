import { describe, expect, test } from 'vitest'
import { describeDue, isOverdue } from '../src/features/dates/due-phrase.ts'
import { localMomentAt, zonedInstant } from '@todo/model/due'
import { dueHere } from '../src/features/dates/due-here.ts'
import { dueOn } from './a-task.ts'

const context = {
  now: Date.parse('2026-11-23T10:00:00Z'),
  today: '2026-11-23',
  timeZone: 'Europe/Lisbon',
  locale: 'en-GB',
}
const phrase = (due: ReturnType<typeof dueOn>) => describeDue(due, context).text

describe('when a task is due, in words', () => {
  test.each([
    [dueOn('2026-11-23'), 'Today'],
    [dueOn('2026-11-24', '09:00'), 'Tomorrow 09:00'],
    [dueOn('2026-11-22'), 'Yesterday'],
    [dueOn('2026-11-27'), 'Friday'],
    [dueOn('2026-12-12'), '12 Dec'],
    [dueOn('2027-01-05'), '5 Jan 2027'],
    [dueOn('2026-11-20', '17:00'), 'Fri 20 Nov 17:00, 3 days late'],
  ])('%j is “%s”', (due, words) => {
    expect(phrase(due).replace('Fri, ', 'Fri ')).toBe(words)
  })

  test('nobody is late with what is done', () => {
    const done = describeDue(dueOn('2026-11-20', '17:00'), context, { isDone: true })
    expect(done).toMatchObject({ text: expect.stringMatching(/20 Nov 17:00$/u), isOverdue: false })
  })

  test('follows the locale of the person', () => {
    expect(describeDue(dueOn('2026-11-24', '09:00'), { ...context, locale: 'en-US' }).text).toMatch(
      /^Tomorrow 9:00\sAM$/u,
    )
    expect(describeDue(dueOn('2026-11-24'), { ...context, locale: 'de-DE' }).text).toBe('Morgen')
  })

  test('says when it is here, and what was entered in another zone', () => {
    expect(phrase(dueOn('2026-11-24', '09:00', 'America/New_York'))).toBe('Tomorrow 14:00 (09:00 New York)')
    expect(phrase(dueOn('2026-11-23', '23:00', 'America/New_York'))).toBe('Tomorrow 04:00 (23:00 New York)')
    expect(phrase(dueOn('2026-11-24', '09:00', 'Europe/Lisbon'))).toBe('Tomorrow 09:00')
  })

  test.each([
    ['2026-10-25', '01:30', 'Europe/Lisbon', 'UTC', '2026-10-25T00:30'],
    ['2026-10-25', '00:30', 'UTC', 'Europe/Lisbon', '2026-10-25T01:30'],
    ['2026-10-25', '01:30', 'UTC', 'Europe/Lisbon', '2026-10-25T01:30'],
    ['2026-03-29', '01:30', 'Europe/Lisbon', 'UTC', '2026-03-29T01:30'],
    ['2026-03-08', '02:30', 'America/New_York', 'UTC', '2026-03-08T07:30'],
    ['2026-12-31', '23:59', 'Pacific/Kiritimati', 'Pacific/Pago_Pago', '2026-12-30T22:59'],
  ])('%s %s in %s is %s %s, also when clocks change', (date, time, there, here, at) => {
    expect(dueHere(dueOn(date, time, there), here)).toEqual({ date: at.slice(0, 10), time: at.slice(11) })
    const instant = zonedInstant(`${date}T${time}`, there)
    expect(localMomentAt(instant, here).slice(0, 16)).toBe(at)
  })
})

describe('overdue', () => {
  test('a day without a time is overdue only once the day is over', () => {
    expect(isOverdue(dueOn('2026-11-23'), context)).toBe(false)
    expect(isOverdue(dueOn('2026-11-22'), context)).toBe(true)
  })

  test('a time is overdue when it has passed on the wall of its own zone', () => {
    expect(isOverdue(dueOn('2026-11-23', '09:59'), context)).toBe(true)
    expect(isOverdue(dueOn('2026-11-23', '09:59', 'America/New_York'), context)).toBe(false)
  })
})
