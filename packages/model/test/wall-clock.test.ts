import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { expect, test } from 'vitest'
import { dayIn, wallClock } from '../src/wall-clock.ts'

const ZONES = ['UTC', 'Europe/Berlin', 'America/St_Johns', 'Asia/Kathmandu', 'Pacific/Apia', 'Australia/Lord_Howe']

const byTemporal = (at: number, zone: string) =>
  Temporal.Instant.fromEpochMilliseconds(at)
    .toZonedDateTimeISO(zone)
    .toPlainDateTime()
    .toString({ smallestUnit: 'second' })

test('shows the same wall clock as Temporal does, in every zone and on both sides of a clock change', () => {
  const instant = fc.integer({ min: Date.parse('1975-01-01T00:00Z'), max: Date.parse('2099-12-31T00:00Z') })
  fc.assert(
    fc.property(instant, fc.constantFrom(...ZONES), (at, zone) => {
      expect(wallClock(at, zone)).toBe(byTemporal(at, zone))
    }),
  )
})

test('turns to the next day at midnight of the zone', () => {
  const at = Date.parse('2026-11-23T22:59:59Z')
  expect(wallClock(at, 'Europe/Berlin')).toBe('2026-11-23T23:59:59')
  expect([dayIn(at, 'Europe/Berlin'), dayIn(at + 1000, 'Europe/Berlin')]).toEqual(['2026-11-23', '2026-11-24'])
})
