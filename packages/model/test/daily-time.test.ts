import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lastDailyTime, nextDailyTime } from '../src/daily-time.ts'
import { localDateAt, localMomentAt } from '../src/due.ts'
import { instantNearClockChange, timeOfDay, zone } from './arbitrary-clock.ts'

const next = (time: string, after: string, timeZone: string) =>
  nextDailyTime(time, new Date(after), timeZone).toISOString()

test('the next time is today where that is ahead, else tomorrow, in the zone', () => {
  expect(next('07:00', '2026-12-01T06:59:59Z', 'UTC')).toBe('2026-12-01T07:00:00.000Z')
  expect(next('07:00', '2026-12-01T07:00:00Z', 'UTC')).toBe('2026-12-02T07:00:00.000Z')
  expect(next('07:00', '2026-12-01T21:00:00Z', 'Asia/Tokyo')).toBe('2026-12-01T22:00:00.000Z')
  expect(next('07:00', '2026-12-01T23:00:00Z', 'Asia/Tokyo')).toBe('2026-12-02T22:00:00.000Z')
})

test('where clocks change it comes once: a time that is left out is later, of two it is the first', () => {
  expect(next('02:30', '2026-03-29T00:00:00Z', 'Europe/Berlin')).toBe('2026-03-29T01:30:00.000Z')
  expect(next('02:30', '2026-03-29T01:30:00Z', 'Europe/Berlin')).toBe('2026-03-30T00:30:00.000Z')
  expect(next('02:30', '2026-10-24T23:00:00Z', 'Europe/Berlin')).toBe('2026-10-25T00:30:00.000Z')
  expect(next('02:30', '2026-10-25T00:30:00Z', 'Europe/Berlin')).toBe('2026-10-26T01:30:00.000Z')
})

test('the latest one is the one before the next', () => {
  const last = (after: string) => lastDailyTime('07:00', new Date(after), 'UTC').toISOString()
  expect(last('2026-12-01T06:59:59Z')).toBe('2026-11-30T07:00:00.000Z')
  expect(last('2026-12-01T07:00:00Z')).toBe('2026-12-01T07:00:00.000Z')
  fc.assert(
    fc.property(timeOfDay, instantNearClockChange, zone, (time, now, timeZone) => {
      const at = lastDailyTime(time, now, timeZone)
      expect(at.getTime()).toBeLessThanOrEqual(now.getTime())
      expect(nextDailyTime(time, at, timeZone)).toEqual(nextDailyTime(time, now, timeZone))
    }),
  )
})

test('it is ahead, shows that time unless the clock leaves it out, and comes on every day once', () => {
  fc.assert(
    fc.property(timeOfDay, instantNearClockChange, zone, (time, after, timeZone) => {
      let at = after
      const days: string[] = []
      for (let count = 0; count < 4; count += 1) {
        const later = nextDailyTime(time, at, timeZone)
        expect(later.getTime()).toBeGreaterThan(at.getTime())
        const shown = localMomentAt(later, timeZone).slice(11, 16)
        const isMoved = shown !== time
        // What comes an hour or half of one later was left out.
        if (isMoved) expect(nextDailyTime(shown, new Date(later.getTime() - 1), timeZone)).toEqual(later)
        days.push(localDateAt(later, timeZone))
        at = later
      }
      expect(days).toEqual([...new Set(days)].sort())
      expect(Date.parse(days.at(-1)!) - Date.parse(days[0]!)).toBe(3 * 86_400_000)
    }),
    { numRuns: 300 },
  )
})
