import { expect, test } from 'vitest'
import { nextOccurrence, type CompletedOccurrence } from '../src/recurrence.ts'

type Given = Partial<CompletedOccurrence['recurrence']> &
  Partial<Pick<CompletedOccurrence, 'occurrenceAt' | 'occurrenceNumber' | 'timeZone'>> & { rule: string; start: string }

/** What follows the occurrence at the start of a series in Berlin, unless said otherwise. */
function next({ occurrenceAt, occurrenceNumber = 1, timeZone = 'Europe/Berlin', ...recurrence }: Given, at: string) {
  return nextOccurrence({
    recurrence: { anchor: 'due', exceptions: [], ...recurrence },
    occurrenceAt: occurrenceAt ?? recurrence.start,
    occurrenceNumber,
    completedAt: at,
    timeZone,
  })
}

const daily = { rule: 'FREQ=DAILY', start: '2026-01-01T09:00:00' }

test('completing on time gives the one after', () => {
  expect(next(daily, '2026-01-01T10:00:00Z')).toEqual({
    occurrenceAt: '2026-01-02T09:00:00',
    occurrenceNumber: 2,
    missed: 0,
  })
})

test('completing late gives the first in the future, never another past one, and counts those between', () => {
  expect(next(daily, '2026-01-05T10:00:00Z')).toEqual({
    occurrenceAt: '2026-01-06T09:00:00',
    occurrenceNumber: 6,
    missed: 4,
  })
})

test('an occurrence at the very instant of completion is past, one a second later is not', () => {
  expect(next(daily, '2026-01-05T08:00:00Z')?.occurrenceAt).toBe('2026-01-06T09:00:00')
  expect(next(daily, '2026-01-05T07:59:59Z')?.occurrenceAt).toBe('2026-01-05T09:00:00')
})

test('completing early gives the one after the planned one, not the planned one again', () => {
  const weekly = { rule: 'FREQ=WEEKLY', start: '2026-01-01T09:00:00', occurrenceAt: '2026-01-15T09:00:00' }
  expect(next({ ...weekly, occurrenceNumber: 3 }, '2026-01-02T08:00:00Z')).toEqual({
    occurrenceAt: '2026-01-22T09:00:00',
    occurrenceNumber: 4,
    missed: 0,
  })
})

test('a day without a time is not past before it is over', () => {
  const days = { rule: 'FREQ=DAILY', start: '2026-01-01' }
  expect(next(days, '2026-01-05T22:59:59Z')).toMatchObject({ occurrenceAt: '2026-01-05', missed: 3 })
  expect(next(days, '2026-01-05T23:00:00Z')).toMatchObject({ occurrenceAt: '2026-01-06', missed: 4 })
})

test('the day is the one of the zone, not of UTC', () => {
  const days = { rule: 'FREQ=WEEKLY;BYDAY=MO', start: '2026-01-05', timeZone: 'Pacific/Kiritimati' }
  expect(next(days, '2026-01-11T09:59:00Z')?.occurrenceAt).toBe('2026-01-12')
  expect(next(days, '2026-01-12T10:00:00Z')?.occurrenceAt).toBe('2026-01-19')
  const west = { ...days, timeZone: 'Pacific/Pago_Pago' }
  expect(next(west, '2026-01-13T10:59:00Z')?.occurrenceAt).toBe('2026-01-12')
  expect(next(west, '2026-01-13T11:00:00Z')?.occurrenceAt).toBe('2026-01-19')
})

test('the hour stays over a change of the clock', () => {
  const before = { rule: 'FREQ=DAILY', start: '2026-03-28T09:00:00' }
  expect(next(before, '2026-03-28T08:30:00Z')?.occurrenceAt).toBe('2026-03-29T09:00:00')
  expect(next(before, '2026-03-29T06:59:00Z')?.occurrenceAt).toBe('2026-03-29T09:00:00')
  expect(next(before, '2026-03-29T07:00:00Z')?.occurrenceAt).toBe('2026-03-30T09:00:00')
})

test('a zone that skips a whole day misses nothing but that day', () => {
  const apia = { rule: 'FREQ=DAILY', start: '2011-12-28T09:00:00', timeZone: 'Pacific/Apia' }
  // 30 December 2011 did not exist there: 09:00 of it is 09:00 of the 31st.
  expect(next(apia, '2011-12-29T20:00:00Z')?.occurrenceAt).toBe('2011-12-30T09:00:00')
  expect(next(apia, '2011-12-30T20:00:00Z')?.occurrenceAt).toBe('2012-01-01T09:00:00')
})

test('31 January is followed by 31 March, or by the end of February where the rule says so', () => {
  expect(next({ rule: 'FREQ=MONTHLY', start: '2026-01-31' }, '2026-01-31T12:00:00Z')?.occurrenceAt).toBe('2026-03-31')
  const clamped = { rule: 'FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1', start: '2026-01-31' }
  expect(next(clamped, '2026-01-31T12:00:00Z')?.occurrenceAt).toBe('2026-02-28')
})

test('an exception is passed over and is not a missed one', () => {
  const given = { ...daily, exceptions: ['2026-01-02T09:00:00', '2026-01-04'] }
  expect(next(given, '2026-01-03T12:00:00Z')).toEqual({
    occurrenceAt: '2026-01-05T09:00:00',
    occurrenceNumber: 3,
    missed: 1,
  })
})

test('the series ends with COUNT, in which missed ones count', () => {
  const given = { ...daily, rule: 'FREQ=DAILY;COUNT=5' }
  expect(next(given, '2026-01-04T12:00:00Z')?.occurrenceAt).toBe('2026-01-05T09:00:00')
  expect(next(given, '2026-01-05T12:00:00Z')).toBeNull()
  const last = { ...given, occurrenceAt: '2026-01-05T09:00:00', occurrenceNumber: 5 }
  expect(next(last, '2026-01-01T12:00:00Z')).toBeNull()
})

test('the series ends with UNTIL, and completing the last one late does not wake it again', () => {
  const given = { ...daily, rule: 'FREQ=DAILY;UNTIL=20260103T080000Z' }
  expect(next(given, '2026-01-02T12:00:00Z')?.occurrenceAt).toBe('2026-01-03T09:00:00')
  expect(next(given, '2026-01-03T12:00:00Z')).toBeNull()
  expect(next(given, '2026-03-03T12:00:00Z')).toBeNull()
})

test('completing one occurrence twice asks for the same next one', () => {
  expect(next(daily, '2026-01-01T10:00:00Z')).toEqual(next(daily, '2026-01-01T20:00:00Z'))
})

test('a planned time that was moved within its day does not make a second one that day', () => {
  const moved = { ...daily, occurrenceAt: '2026-01-02T07:00:00' }
  expect(next(moved, '2026-01-02T06:30:00Z')?.occurrenceAt).toBe('2026-01-03T09:00:00')
})

const fromCompletion = { rule: 'FREQ=DAILY;INTERVAL=3', start: '2026-01-01T09:00:00', anchor: 'completion' } as const

test('from completion, the rule starts anew on the day of completion at the planned time of day', () => {
  expect(next(fromCompletion, '2026-01-10T20:00:00Z')).toEqual({
    occurrenceAt: '2026-01-13T09:00:00',
    occurrenceNumber: 2,
    missed: 0,
  })
  expect(next({ ...fromCompletion, start: '2026-01-01' }, '2026-01-10T23:30:00Z')?.occurrenceAt).toBe('2026-01-14')
})

test('from completion, the day of completion itself never comes again', () => {
  expect(next(fromCompletion, '2026-01-10T06:00:00Z')?.occurrenceAt).toBe('2026-01-13T09:00:00')
  const mondays = { ...fromCompletion, rule: 'FREQ=WEEKLY;BYDAY=MO' }
  expect(next(mondays, '2026-01-12T06:00:00Z')?.occurrenceAt).toBe('2026-01-19T09:00:00')
})

test('from completion, an early one is followed by a day after the planned one', () => {
  const planned = { ...fromCompletion, occurrenceAt: '2026-01-20T09:00:00' }
  expect(next(planned, '2026-01-11T06:00:00Z')?.occurrenceAt).toBe('2026-01-23T09:00:00')
  expect(next(planned, '2026-01-12T06:00:00Z')?.occurrenceAt).toBe('2026-01-21T09:00:00')
})

test('from completion, COUNT counts the occurrences of the series', () => {
  const counted = { ...fromCompletion, rule: 'FREQ=DAILY;INTERVAL=3;COUNT=3' }
  expect(next({ ...counted, occurrenceNumber: 2 }, '2026-01-10T20:00:00Z')?.occurrenceNumber).toBe(3)
  expect(next({ ...counted, occurrenceNumber: 3 }, '2026-01-10T20:00:00Z')).toBeNull()
})

test('from completion, UNTIL and exceptions hold, and a rule that fires no more ends the series', () => {
  const ending = { ...fromCompletion, rule: 'FREQ=DAILY;INTERVAL=3;UNTIL=20260113' }
  expect(next(ending, '2026-01-10T20:00:00Z')?.occurrenceAt).toBe('2026-01-13T09:00:00')
  expect(next(ending, '2026-01-11T20:00:00Z')).toBeNull()
  const excepted = { ...fromCompletion, exceptions: ['2026-01-13'] }
  expect(next(excepted, '2026-01-10T20:00:00Z')?.occurrenceAt).toBe('2026-01-16T09:00:00')
  const never = { ...fromCompletion, rule: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30' }
  expect(next(never, '2026-01-10T20:00:00Z')).toBeNull()
})

test('an added day is the next one, also when the rule is over, unless it is an exception', () => {
  const weekly = { rule: 'FREQ=WEEKLY;COUNT=2', start: '2026-01-01T09:00:00', additions: ['2026-01-03', '2026-02-01'] }
  expect(next(weekly, '2026-01-01T10:00:00Z')?.occurrenceAt).toBe('2026-01-03T09:00:00')
  const last = { ...weekly, occurrenceAt: '2026-01-08T09:00:00', occurrenceNumber: 3 }
  expect(next(last, '2026-01-08T10:00:00Z')).toEqual({
    occurrenceAt: '2026-02-01T09:00:00',
    occurrenceNumber: 4,
    missed: 0,
  })
  expect(next({ ...last, exceptions: ['2026-02-01T09:00:00'] }, '2026-01-08T10:00:00Z')).toBeNull()
  expect(next({ ...last, anchor: 'completion' }, '2026-01-10T10:00:00Z')?.occurrenceAt).toBe('2026-02-01T09:00:00')
})
