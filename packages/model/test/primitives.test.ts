import { expect, test, vi } from 'vitest'
import { zonedInstant } from '../src/due.ts'
import { Id, Instant, isTimeZone, LocalDate, LocalMoment, LocalTime, TimeZone, Version } from '../src/primitives.ts'

test('an id is a UUID, in lower case', () => {
  expect(Id.parse('0192F0C1-2B3C-7D4E-8F90-A1B2C3D4E5F6')).toBe('0192f0c1-2b3c-7d4e-8f90-a1b2c3d4e5f6')
  expect(Id.safeParse('12').error?.issues[0]?.message).toMatch(/must be a UUID, such as/)
})

test.each([
  ['2026-12-01T09:00:00+01:00', '2026-12-01T08:00:00.000Z'],
  ['2026-12-01T08:00Z', '2026-12-01T08:00:00.000Z'],
  ['2026-12-01T08:00:00.123456Z', '2026-12-01T08:00:00.123Z'],
])('the instant %s is kept as %s', (text, instant) => {
  expect(Instant.parse(text)).toBe(instant)
})

test.each([
  '2026-12-01T08:00:00',
  '2026-12-01',
  '2026-13-01T08:00:00Z',
  '2027-02-30T08:00:00Z',
  '2026-12-01T24:00:00Z',
  '2026-12-01T08:00:00+24:00',
  '0000-01-01T08:00:00Z',
  'now',
  '+012026-12-01T08:00:00Z',
])('%s is no instant', (text) => {
  expect(Instant.safeParse(text).error?.issues[0]?.message).toMatch(/must be an instant with an offset/)
})

test('a date has to exist', () => {
  expect(LocalDate.safeParse('2028-02-29').success).toBe(true)
  for (const text of ['2027-02-29', '2026-1-1', '2026-12-01T00:00']) {
    expect(LocalDate.safeParse(text).error?.issues[0]?.message).toMatch(/must be a date that exists/)
  }
})

test.each([
  ['x', /must be a date that exists/],
  ['0000-01-01', /must be in the years 1900 to 9000/],
  ['1899-12-31', /must be in the years/],
  ['9001-01-01', /must be in the years/],
])('what is wrong with the date %s is said once', (text, message) => {
  expect(LocalDate.safeParse(text).error?.issues).toEqual([
    expect.objectContaining({ message: expect.stringMatching(message) }),
  ])
})

test('a time of day is to the minute', () => {
  expect(LocalTime.safeParse('23:59').success).toBe(true)
  for (const text of ['24:00', '9:00', '09:60', '09:00:00']) expect(LocalTime.safeParse(text).success).toBe(false)
})

test('a local moment is a day, with or without a time', () => {
  for (const text of ['2026-12-01', '2026-12-01T09:00', '2026-12-01T09:00:30']) {
    expect(LocalMoment.parse(text)).toBe(text)
  }
  for (const text of ['2027-02-29T09:00', '2026-12-01T24:00', '2026-12-01T09:00Z', '2026-12-01 09:00']) {
    expect(LocalMoment.safeParse(text).error?.issues[0]?.message).toMatch(/must be a local date or date-time/)
  }
})

test('a zone is a name of the IANA database, never an offset', () => {
  for (const zone of ['Europe/Lisbon', 'UTC', 'America/Argentina/Buenos_Aires', 'Etc/GMT+3']) {
    expect(TimeZone.parse(zone)).toBe(zone)
  }
  for (const zone of [
    '+01:00',
    '',
    'Mars/Olympus',
    'Europe',
    'Europe/Lisbon; drop',
    'US/Pacific-New',
    'SystemV/PST8PDT',
  ]) {
    expect(TimeZone.safeParse(zone).error?.issues[0]?.message).toMatch(/must be an IANA time zone, such as Europe/)
  }
})

test('a zone is looked up once', () => {
  const lookUp = vi.spyOn(Intl, 'DateTimeFormat')
  expect([isTimeZone('Africa/Lome'), isTimeZone('Africa/Lome')]).toEqual([true, true])
  expect(lookUp).toHaveBeenCalledTimes(1)
  lookUp.mockRestore()
})

test('a failure of the zone data that is not about the name is not taken for a wrong name', () => {
  const lookUp = vi.spyOn(Intl, 'DateTimeFormat').mockImplementation(function () {
    throw new TypeError('no zone data')
  })
  expect(() => isTimeZone('Africa/Dakar')).toThrow('no zone data')
  lookUp.mockRestore()
})

test('a zone is one that Intl and Temporal both know: no name of three letters that only one of them takes', () => {
  const letters = Array.from({ length: 26 }, (_, index) => String.fromCharCode(65 + index))
  const short = letters.flatMap((a) => letters.flatMap((b) => letters.map((c) => a + b + c)))
  const zones = [...short, ...Intl.supportedValuesOf('timeZone'), 'Etc/GMT+5', 'PST8PDT', 'US/Pacific'].filter(
    isTimeZone,
  )
  expect(zones.length).toBeGreaterThan(400)
  for (const zone of zones) expect(() => zonedInstant('2030-01-15T09:00', zone)).not.toThrow()
})

test('a version is a whole number from 1', () => {
  expect([0, 1, 1.5].map((version) => Version.safeParse(version).success)).toEqual([false, true, false])
})
