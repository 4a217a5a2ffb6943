import { describe, expect, test } from 'vitest'
import { describeDue, isOverdue } from '../src/features/dates/due-phrase.ts'
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

  test('follows the locale of the person', () => {
    expect(describeDue(dueOn('2026-11-24', '09:00'), { ...context, locale: 'en-US' }).text).toMatch(
      /^Tomorrow 9:00\sAM$/u,
    )
    expect(describeDue(dueOn('2026-11-24'), { ...context, locale: 'de-DE' }).text).toBe('Morgen')
  })

  test('names the city when the time was entered in another zone', () => {
    expect(phrase(dueOn('2026-11-24', '09:00', 'America/New_York'))).toBe('Tomorrow 09:00 New York')
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
