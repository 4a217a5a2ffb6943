import fc from 'fast-check'
import { WEEKDAYS } from '../src/recurrence-rule.ts'

type Part = fc.Arbitrary<string>

const list = (numbers: fc.Arbitrary<number>, maxLength = 3) =>
  fc.uniqueArray(numbers, { minLength: 1, maxLength }).map((values) => values.join())

const signed = (max: number) =>
  fc.oneof({ weight: 2, arbitrary: fc.integer({ min: 1, max }) }, fc.integer({ min: -max, max: -1 }))

const plainDays = fc
  .uniqueArray(fc.constantFrom(...WEEKDAYS), { minLength: 1, maxLength: 4 })
  .map((days) => days.join())
const numberedDays = fc
  .uniqueArray(
    fc.tuple(signed(5), fc.constantFrom(...WEEKDAYS)).map((day) => day.join('')),
    { minLength: 1, maxLength: 3 },
  )
  .map((days) => days.join())

const maybe = (part: Part, freq = 3): Part => fc.option(part, { freq, nil: '' }).map((text) => text ?? '')

const named = (name: string, values: Part): Part => values.map((value) => `${name}=${value}`)

const interval = maybe(named('INTERVAL', fc.integer({ min: 1, max: 5 }).map(String)))
const weekStart = maybe(named('WKST', fc.constantFrom(...WEEKDAYS)))
const months = maybe(named('BYMONTH', list(fc.integer({ min: 1, max: 12 }))))
const monthDays = maybe(named('BYMONTHDAY', list(signed(31))))
const yearDays = maybe(named('BYYEARDAY', list(signed(366))), 5)
const anyDays = maybe(named('BYDAY', fc.oneof(plainDays, numberedDays)))

/** Rules without an end, as text; some of them never fire. */
export const endlessRule: Part = fc
  .oneof(
    fc.tuple(fc.constant('FREQ=DAILY'), interval, months, monthDays, maybe(named('BYDAY', plainDays))),
    fc.tuple(fc.constant('FREQ=WEEKLY'), interval, weekStart, months, maybe(named('BYDAY', plainDays))),
    fc.tuple(fc.constant('FREQ=MONTHLY'), interval, months, monthDays, anyDays),
    fc.tuple(fc.constant('FREQ=YEARLY'), interval, months, monthDays, yearDays, anyDays),
  )
  .chain((parts) => {
    const hasList = parts.some((part) => part.startsWith('BY'))
    const setPos: Part = hasList ? maybe(named('BYSETPOS', list(signed(3), 2)), 4) : fc.constant('')
    return setPos.map((last) => [...parts, last].filter((part) => part !== '').join(';'))
  })

export const startDate = fc
  .date({ min: new Date('2019-01-01T00:00:00Z'), max: new Date('2030-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))

const timeOfDay = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom(0, 15, 30, 45))
  .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}:00`)

export const zone = fc.constantFrom(
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'America/St_Johns',
)

export const seriesInput = fc
  .record({ rule: endlessRule, date: startDate, time: fc.option(timeOfDay), timeZone: zone })
  .map(({ date, time, ...rest }) => ({ ...rest, start: time === null ? date : `${date}T${time}` }))
