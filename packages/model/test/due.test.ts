import { expect, test } from 'vitest'
import {
  dueInstant,
  endOfDay,
  isOverdue,
  localDateAt,
  localMomentAt,
  reminderInstant,
  startOfDay,
  zonedInstant,
} from '../src/due.ts'

const day = { date: '2026-12-01', time: null, timeZone: null }
const timed = { date: '2026-12-01', time: '09:00', timeZone: null }
const inTokyo = { ...timed, timeZone: 'Asia/Tokyo' }

test('a wall-clock time that the clock skips takes the offset from before, one that comes twice is the first', () => {
  expect(zonedInstant('2026-03-29T02:30', 'Europe/Berlin')).toBe('2026-03-29T01:30:00.000Z')
  expect(zonedInstant('2026-10-25T02:30', 'Europe/Berlin')).toBe('2026-10-25T00:30:00.000Z')
})

test('a day lasts from its midnight to the next in its zone, 23 hours or 25 when clocks change', () => {
  expect(startOfDay('2026-03-29', 'Europe/Berlin')).toBe('2026-03-28T23:00:00.000Z')
  expect(endOfDay('2026-03-29', 'Europe/Berlin')).toBe('2026-03-29T22:00:00.000Z')
  expect(endOfDay('2026-10-25', 'Europe/Berlin')).toBe('2026-10-25T23:00:00.000Z')
  expect(endOfDay('2026-12-31', 'Pacific/Kiritimati')).toBe('2026-12-31T10:00:00.000Z')
})

test('a due time is an instant in its own zone, or in the one given where it has none', () => {
  expect(dueInstant(inTokyo, 'Europe/Berlin')).toBe('2026-12-01T00:00:00.000Z')
  expect(dueInstant(timed, 'Europe/Berlin')).toBe('2026-12-01T08:00:00.000Z')
})

test('a due day without a time, and no due date, are no instant', () => {
  expect(dueInstant(day, 'Europe/Berlin')).toBeNull()
  expect(dueInstant(null, 'Europe/Berlin')).toBeNull()
})

test('a reminder before due counts back from the time, or from 09:00 of the person for a day', () => {
  const reminder = { kind: 'relative', minutesBefore: 90 } as const
  expect(reminderInstant(reminder, inTokyo, 'Europe/Berlin')).toBe('2026-11-30T22:30:00.000Z')
  expect(reminderInstant(reminder, timed, 'Europe/Berlin')).toBe('2026-12-01T06:30:00.000Z')
  expect(reminderInstant(reminder, day, 'Europe/Berlin')).toBe('2026-12-01T06:30:00.000Z')
  expect(reminderInstant(reminder, { ...day, timeZone: 'Asia/Tokyo' }, 'Europe/Berlin')).toBe(
    '2026-12-01T06:30:00.000Z',
  )
  expect(reminderInstant(reminder, null, 'Europe/Berlin')).toBeNull()
})

test.each([
  // Clocks go forward in the night to Sunday, 29 March 2026, and back in the one to 25 October.
  ['a day before a day', 1_440, { date: '2026-03-29', time: null }, '2026-03-28T09:00:00'],
  ['the evening before a day', 900, { date: '2026-10-25', time: null }, '2026-10-24T18:00:00'],
  ['a day before a time', 1_440, { date: '2026-03-29', time: '14:30' }, '2026-03-28T14:30:00'],
  ['a week before a time', 10_080, { date: '2026-10-26', time: '14:30' }, '2026-10-19T14:30:00'],
  [
    'two hours before a time that comes after the change',
    120,
    { date: '2026-03-29', time: '03:30' },
    '2026-03-29T00:30:00',
  ],
])('%s, where clocks change in between, is when the clock on the wall says so', (_, minutesBefore, due, local) => {
  const at = reminderInstant({ kind: 'relative', minutesBefore }, { ...due, timeZone: null }, 'Europe/Berlin')
  expect(localMomentAt(at!, 'Europe/Berlin')).toBe(local)
})

test('an absolute reminder fires at its instant, whatever the due date', () => {
  const reminder = { kind: 'absolute', at: '2026-12-01T09:00:00+01:00' } as const
  expect(reminderInstant(reminder, null, 'Asia/Tokyo')).toBe('2026-12-01T08:00:00.000Z')
})

test('an instant is a day and a time in each zone', () => {
  const instant = '2026-12-31T23:30:00.250Z'
  expect(localDateAt(instant, 'Europe/Berlin')).toBe('2027-01-01')
  expect(localDateAt(Date.parse(instant), 'America/New_York')).toBe('2026-12-31')
  expect(localMomentAt(new Date(instant), 'Europe/Berlin')).toBe('2027-01-01T00:30:00')
})

test('a time is overdue when it has passed, a day when it is over in the person’s zone', () => {
  const at = (instant: string) => new Date(instant)
  expect(isOverdue(timed, at('2026-12-01T08:00:00Z'), 'Europe/Berlin')).toBe(false)
  expect(isOverdue(timed, at('2026-12-01T08:00:00.001Z'), 'Europe/Berlin')).toBe(true)
  expect(isOverdue(day, at('2026-12-01T22:59:59Z'), 'Europe/Berlin')).toBe(false)
  expect(isOverdue(day, at('2026-12-01T23:00:00Z'), 'Europe/Berlin')).toBe(true)
  expect(isOverdue(null, at('2026-12-01T23:00:00Z'), 'Europe/Berlin')).toBe(false)
})
