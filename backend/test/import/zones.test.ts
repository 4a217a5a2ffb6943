import { expect, test } from 'vitest'
import { isTimeZone } from '@todo/model/primitives'
import { WINDOWS_IANA_ZONES, windowsZone } from '../../src/import/windows-zones.ts'
import { calendar, only, read, reasons } from './calendar-text.ts'

function due(tzid: string, ...definition: string[]): string | null | undefined {
  return only(withZone(tzid, ...definition)).task.due?.timeZone
}

function withZone(tzid: string, ...definition: string[]): string {
  const parameter = /[;:,]/.test(tzid) ? `"${tzid}"` : tzid
  return calendar(...definition, 'BEGIN:VTODO', `DUE;TZID=${parameter}:20270115T090000`, 'SUMMARY:Call', 'END:VTODO')
}

function definition(tzid: string, standard: string, daylight?: string, month = 3, extra: string[] = []): string[] {
  const summer = [
    'BEGIN:DAYLIGHT',
    `DTSTART:1970${String(month).padStart(2, '0')}01T020000`,
    `TZOFFSETTO:${daylight}`,
    'END:DAYLIGHT',
  ]
  return [
    'BEGIN:VTIMEZONE',
    `TZID:${tzid}`,
    ...extra,
    'BEGIN:STANDARD',
    'DTSTART:19700101T000000',
    `TZOFFSETTO:${standard}`,
    'END:STANDARD',
    ...(daylight ? summer : []),
    'END:VTIMEZONE',
  ]
}

test.each([
  ['Europe/Lisbon', 'Europe/Lisbon'],
  ['/mozilla.org/20050126_1/Europe/Berlin', 'Europe/Berlin'],
  ['/freeassociation.sourceforge.net/America/New_York', 'America/New_York'],
  ['/softwarestudio.org/Olson_20011030_5/America/Argentina/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
  ['europe/lisbon', 'Europe/Lisbon'],
  ['Etc/GMT', 'UTC'],
  ['America-Chicago', 'America/Chicago'],
  ['custom_America/New_York', 'America/New_York'],
  ['Germany/Berlin', 'Europe/Berlin'],
  ['W. Europe Standard Time', 'Europe/Berlin'],
  ['pacific standard time', 'America/Los_Angeles'],
  ['(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna', 'Europe/Amsterdam'],
  ['(UTC-05:00) Eastern Time (US & Canada)', 'America/New_York'],
  ['(UTC) Coordinated Universal Time', 'UTC'],
  ['tzone://Microsoft/Utc', 'UTC'],
  ['GMT+0100', 'Etc/GMT-1'],
  ['UTC-05:00', 'Etc/GMT+5'],
  ['UTC+00:00', 'UTC'],
])('the zone %s is %s', (tzid, zone) => {
  expect(due(tzid)).toBe(zone === 'UTC' ? 'Europe/Berlin' : zone)
  expect(reasons(withZone(tzid))).toEqual([])
})

test.each([
  ['EST', 'America/New_York', 'America/New_York'],
  ['EST', 'America/Panama', 'America/Panama'],
  ['EST', 'Europe/Berlin', 'EST'],
  ['MST', 'America/Denver', 'America/Denver'],
  ['CET', 'Europe/Berlin', 'Europe/Berlin'],
  // No summer time there.
  ['CET', 'Africa/Lagos', 'CET'],
])('%s, which may be an abbreviation, is for a person in %s the zone %s', (tzid, timeZone, zone) => {
  expect(only(withZone(tzid), { timeZone }).task.due?.timeZone).toBe(zone)
  expect(reasons(withZone(tzid), { timeZone })).toEqual([])
})

test.each([
  ['with the summer time that its definition has', ['EST', '-0500', '-0400'], 'America/New_York'],
  ['without one', ['EST', '-0500'], 'EST'],
  ['in other words for its own offsets', ['CET', '+0100', '+0200'], 'Europe/Berlin'],
] as const)('an abbreviation is the zone %s', (_, [tzid, standard, daylight], zone) => {
  expect(due(tzid, ...definition(tzid, standard, daylight))).toBe(zone)
  expect(reasons(withZone(tzid, ...definition(tzid, standard, daylight)))).toEqual([])
})

test('a definition may say where it is', () => {
  expect(due('Zone 1', ...definition('Zone 1', '+0000', undefined, 3, ['X-LIC-LOCATION:Asia/Seoul']))).toBe(
    'Asia/Seoul',
  )
})

test.each([
  ['+0100', '+0200', 3, 'Europe/Berlin'],
  ['-0500', '-0400', 3, 'America/New_York'],
  ['+1000', '+1100', 10, 'Australia/Sydney'],
  ['+0530', undefined, 3, 'Asia/Kolkata'],
  ['+0800', undefined, 3, 'Etc/GMT-8'],
  ['-0300', '-0200', 10, 'America/Sao_Paulo'],
])(
  'a zone of unknown name with offsets %s and %s is taken for one that has them',
  (standard, daylight, month, zone) => {
    const lines = definition('Mine', standard, daylight, month)
    expect(due('Mine', ...lines)).toBe(zone)
    expect(reasons(withZone('Mine', ...lines))).toEqual([
      expect.stringContaining(
        `the time zone Mine is not known by name: it was taken for ${zone}, which has the same offsets`,
      ),
    ])
  },
)

test('a zone that nothing is known of is the person’s, and is named once', () => {
  const task = ['BEGIN:VTODO', 'SUMMARY:Call', 'DUE;TZID=Nowhere:20270115T090000', 'END:VTODO']
  expect(due('Nowhere')).toBe('Europe/Berlin')
  expect(reasons(calendar(...task, ...task.with(1, 'SUMMARY:Again')))).toEqual([
    '5: the time zone Nowhere is not known by name: it was taken for Europe/Berlin, your own: check these times',
  ])
  expect(reasons(withZone('Odd', ...definition('Odd', '+0517')))).toHaveLength(1)
  expect(reasons(withZone('Odd', ...definition('Odd', 'east')))).toHaveLength(1)
})

test('every Windows zone is one that this system knows', () => {
  expect(WINDOWS_IANA_ZONES.filter((zone) => !isTimeZone(zone))).toEqual([])
  expect(WINDOWS_IANA_ZONES.length).toBeGreaterThan(130)
  expect(windowsZone('Mars Standard Time')).toBeUndefined()
})

test.each([
  ['many parts', 'A/'.repeat(100_000)],
  ['many spaces', `(UTC) x${' '.repeat(100_000)}y`],
])('a name of %s costs no more than others, and the rest of the file is kept', (_, tzid) => {
  const other = ['BEGIN:VTODO', 'UID:2', 'SUMMARY:Write', 'END:VTODO']
  const begun = performance.now()
  const { tasks, notKept } = read(
    calendar('BEGIN:VTODO', `DUE;TZID=${tzid}:20270115T090000`, 'SUMMARY:Call', 'END:VTODO', ...other),
  )
  expect(tasks.map(({ task }) => task.title)).toEqual(['Call', 'Write'])
  expect(notKept).toMatchObject([{ line: 4, reason: expect.stringContaining('is not known by name') }])
  // Before, it took half a minute and gigabytes.
  expect(performance.now() - begun).toBeLessThan(2_000)
})
