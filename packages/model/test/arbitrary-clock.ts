import fc from 'fast-check'

/** Zones whose clocks change by an hour, by half of one, at midnight, or never. */
export const zone = fc.constantFrom(
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Africa/Cairo',
  'America/Santiago',
  'Pacific/Apia',
  'Asia/Kathmandu',
)

/** `23:59` */
export const timeOfDay = fc
  .nat(24 * 60 - 1)
  .map((minutes) => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`)

/** Days on which some of those zones change their clocks. */
const CHANGES = [
  '2026-03-08',
  '2026-03-29',
  '2026-04-05',
  '2026-04-24',
  '2026-09-06',
  '2026-10-04',
  '2026-10-25',
  '2026-11-01',
]

/** Within a day of a change of clocks somewhere, and now and then anywhere in the year. */
export const instantNearClockChange = fc.oneof(
  fc
    .tuple(fc.constantFrom(...CHANGES), fc.integer({ min: -86_400_000, max: 2 * 86_400_000 }))
    .map(([day, offsetMs]) => new Date(Date.parse(day) + offsetMs)),
  fc.date({ min: new Date('2026-01-01'), max: new Date('2027-01-01'), noInvalidDate: true }),
)
