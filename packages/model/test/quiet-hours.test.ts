import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isQuiet, quietEnd } from '../src/quiet-hours.ts'
import { instantNearClockChange, timeOfDay, zone } from './arbitrary-clock.ts'

const night = { from: '22:00', to: '07:00' }
const endOf = (quiet: { from: string; to: string }, now: string, timeZone: string) =>
  quietEnd(quiet, new Date(now), timeZone)?.toISOString() ?? null

test.each([
  ['in the evening, until the morning after', '2026-12-01T22:00:00Z', '2026-12-02T07:00:00.000Z'],
  ['after midnight, until this morning', '2026-12-01T03:30:00Z', '2026-12-01T07:00:00.000Z'],
  ['to the last second', '2026-12-01T06:59:59.999Z', '2026-12-01T07:00:00.000Z'],
  ['not any more at their end', '2026-12-01T07:00:00Z', null],
  ['not yet before they begin', '2026-12-01T21:59:59.999Z', null],
])('it is quiet %s', (_, now, end) => {
  expect(endOf(night, now, 'UTC')).toBe(end)
})

test('quiet hours of one day are those of that day in the zone', () => {
  const nap = { from: '13:00', to: '14:30' }
  expect(endOf(nap, '2026-07-01T04:15:00Z', 'Asia/Tokyo')).toBe('2026-07-01T05:30:00.000Z')
  expect(endOf(nap, '2026-07-01T13:15:00Z', 'Asia/Tokyo')).toBeNull()
})

test('a night is an hour shorter or longer when clocks change, and a left-out end comes with the change', () => {
  expect(endOf(night, '2026-03-28T22:00:00Z', 'Europe/Berlin')).toBe('2026-03-29T05:00:00.000Z')
  expect(endOf(night, '2026-10-24T21:00:00Z', 'Europe/Berlin')).toBe('2026-10-25T06:00:00.000Z')
  const short = { from: '22:00', to: '02:30' }
  // 02:00 becomes 03:00 at 01:00 UTC.
  expect(endOf(short, '2026-03-29T00:30:00Z', 'Europe/Berlin')).toBe('2026-03-29T01:00:00.000Z')
  // 03:00 becomes 02:00 again at 01:00 UTC: what the clock shows twice is quiet twice.
  expect(endOf(short, '2026-10-24T23:30:00Z', 'Europe/Berlin')).toBe('2026-10-25T00:30:00.000Z')
  expect(endOf(short, '2026-10-25T01:10:00Z', 'Europe/Berlin')).toBe('2026-10-25T01:30:00.000Z')
  // Samoa had no 30 December 2011.
  expect(endOf(night, '2011-12-30T09:00:00Z', 'Pacific/Apia')).toBe('2011-12-30T17:00:00.000Z')
})

const quietHours = fc.record({ from: timeOfDay, to: timeOfDay }).filter(({ from, to }) => from !== to)

test('their end is ahead and not quiet, and every minute until then is', () => {
  fc.assert(
    fc.property(quietHours, instantNearClockChange, zone, (quiet, now, timeZone) => {
      const end = quietEnd(quiet, now, timeZone)
      expect(end === null).toBe(!isQuiet(quiet, now, timeZone))
      if (!end) return
      expect(end.getTime()).toBeGreaterThan(now.getTime())
      expect(isQuiet(quiet, end, timeZone)).toBe(false)
      for (let at = now.getTime(); at < end.getTime(); at += 60_000) {
        if (!isQuiet(quiet, new Date(at), timeZone)) expect.fail(`${new Date(at).toISOString()} is not quiet`)
      }
      expect(isQuiet(quiet, new Date(end.getTime() - 1), timeZone)).toBe(true)
    }),
    { numRuns: 60 },
  )
})
