import { expect, test } from 'vitest'
import { calendar, event, only, read, reasons, todo } from './calendar-text.ts'

const series = (text: string) => only(text).task.recurrence
const due = (text: string) => only(text).task.due

test('exceptions in UTC, in another zone and as days are on the clock of the series', () => {
  const text = todo(
    'DUE;TZID=Europe/Berlin:20270104T090000',
    'RRULE:FREQ=DAILY',
    'EXDATE:20270105T080000Z,20270106T080000Z',
    'EXDATE;TZID=America/New_York:20270107T030000',
    'EXDATE;VALUE=DATE:20270108',
  )
  expect(series(text)?.exceptions.toSorted()).toEqual([
    '2027-01-05T09:00',
    '2027-01-06T09:00',
    '2027-01-07T09:00',
    '2027-01-08',
  ])
})

test('a series in UTC stays in UTC, where its rule was written', () => {
  const text = todo('DUE:20270104T230000Z', 'RRULE:FREQ=WEEKLY;BYDAY=MO')
  expect(due(text)).toEqual({ date: '2027-01-04', time: '23:00', timeZone: 'UTC' })
  expect(series(text)).toMatchObject({ start: '2027-01-04T23:00' })
})

test.each([
  ['FREQ=DAILY;', 'FREQ=DAILY'],
  ['freq=weekly;byday=mo, we', 'FREQ=WEEKLY;BYDAY=MO,WE'],
  ['FREQ=DAILY;BYHOUR=9;BYMINUTE=0;BYSECOND=0', 'FREQ=DAILY'],
  ['FREQ=DAILY;UNTIL=20270301T080000Z', 'FREQ=DAILY;UNTIL=20270301T080000Z'],
])('the rule %s is kept as %s', (rule, kept) => {
  expect(series(todo('DUE:20270104T090000', `RRULE:${rule}`))?.rule).toBe(kept)
})

test.each([
  ['FREQ=MINUTELY;INTERVAL=5', 'FREQ=MINUTELY repeats more often than daily: FREQ=DAILY is the most often'],
  ['FREQ=DAILY;BYHOUR=9,15', 'BYHOUR is not supported: the time of day comes from the start, so leave BYHOUR out'],
  ['FREQ=DAILY;UNTIL=20260101', 'it never happens from 2027-01-04T09:00 on'],
  ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', 'no day ever matches FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30'],
  ['RSCALE=CHINESE;FREQ=YEARLY', 'RSCALE is not a part of a rule'],
])('the rule %s is not kept, and the report says why', (rule, why) => {
  const text = todo('DUE:20270104T090000', `RRULE:${rule}`)
  expect(series(text)).toBeNull()
  expect(reasons(text)).toEqual([expect.stringContaining(`7: it does not repeat here: ${why}`)])
})

test('dates beside the rule are kept on the clock of the series, those at another time are named', () => {
  const text = todo(
    'DUE;TZID=Europe/Berlin:20270104T090000',
    'RRULE:FREQ=WEEKLY;COUNT=2',
    'RDATE:20270105T080000Z,20270106T100000Z',
    'RDATE;VALUE=DATE:20270120',
    'RDATE;VALUE=PERIOD:20270122T080000Z/PT1H',
  )
  expect(series(text)?.additions).toEqual(['2027-01-05', '2027-01-20', '2027-01-22'])
  expect(reasons(text)).toEqual([
    '8: 2027-01-06 at 11:00 is another time than that of the series: add a task of its own for it',
  ])
})

test('dates without a rule are a series of these dates', () => {
  const text = todo('DUE:20270104', 'RDATE;VALUE=DATE:20270107,20270121')
  expect(series(text)).toMatchObject({ rule: 'FREQ=DAILY;COUNT=1', additions: ['2027-01-07', '2027-01-21'] })
  expect(reasons(text)).toEqual([])
})

test('EXRULE and a second RRULE are named', () => {
  const lines = ['DUE:20270104', 'RRULE:FREQ=DAILY', 'RRULE:FREQ=WEEKLY', 'EXRULE:FREQ=MONTHLY']
  expect(reasons(todo(...lines))).toEqual([
    '8: RRULE is there more than once: the first is kept',
    '9: rules of exceptions are not supported (RFC 5545 dropped them): skip single dates instead',
  ])
})

test('a task without a date cannot repeat', () => {
  expect(reasons(todo('RRULE:FREQ=DAILY'))).toEqual(['6: a task that repeats needs a date to begin with'])
})

test('exceptions that are no dates are named, more than a series can have are cut', () => {
  expect(reasons(todo('DUE:20270104', 'RRULE:FREQ=DAILY', 'EXDATE:20270105,soon'))).toEqual([
    '8: soon is not a date that exists or a time, such as 20261201 or 20261201T090000',
  ])
  const days = Array.from({ length: 1_001 }, (_, day) =>
    new Date(Date.UTC(2027, 0, 6 + day)).toISOString().slice(0, 10),
  )
  const text = todo('DUE:20270104', 'RRULE:FREQ=DAILY', `EXDATE:${days.map((day) => day.replaceAll('-', '')).join()}`)
  expect(series(text)?.exceptions).toEqual(days.slice(1))
  expect(reasons(text)).toEqual(['8: a series has at most 1000 exceptions: the latest ones are kept'])
})

test('a series of events stands at the first that is not past, one of tasks where it is', () => {
  const lines = ['DTSTART;TZID=Europe/Berlin:20200106T090000', 'RRULE:FREQ=WEEKLY;BYDAY=MO,TU']
  expect(due(event(...lines))).toMatchObject({ date: '2026-12-01', time: '09:00' })
  expect(due(event(...lines.with(0, 'DTSTART;TZID=Europe/Berlin:20200106T085959')))).toMatchObject({
    date: '2026-12-07',
  })
  expect(due(todo(...lines))).toMatchObject({ date: '2020-01-06', time: '09:00' })
  expect(due(event('DTSTART;VALUE=DATE:20200101', 'RRULE:FREQ=DAILY'))).toMatchObject({ date: '2026-12-01' })
  expect(due(event('DTSTART;VALUE=DATE:20200101', 'RRULE:FREQ=DAILY;COUNT=3'))).toMatchObject({ date: '2020-01-01' })
  expect(due(event('DTSTART;VALUE=DATE:20270101', 'RRULE:FREQ=DAILY'))).toMatchObject({ date: '2027-01-01' })
})

test('a series of KDE stands at the occurrence that it has reached, and counts from its first', () => {
  const reached = (line: string) =>
    todo(
      'DTSTART;TZID=Europe/Berlin:20261104T180000',
      'DUE;TZID=Europe/Berlin:20261104T190000',
      'RRULE:FREQ=WEEKLY',
      `X-KDE-LIBKCAL-DTRECURRENCE${line}`,
    )
  for (const line of [';VALUE=DATE-TIME;TZID=Europe/Berlin:20261202T180000', ':20261202T170000Z']) {
    expect(due(reached(line))).toEqual({ date: '2026-12-02', time: '19:00', timeZone: 'Europe/Berlin' })
    expect(series(reached(line))).toMatchObject({ rule: 'FREQ=WEEKLY', start: '2026-11-04T19:00' })
    expect(reasons(reached(line))).toEqual([])
  }
  expect(due(reached(':soon'))).toMatchObject({ date: '2026-11-04' })
  expect(reasons(reached(':soon'))).toEqual([expect.stringContaining('9: is not a date')])
})

test('a task whose own day is an exception stands at the next', () => {
  const lines = ['DUE;VALUE=DATE:20270104', 'RRULE:FREQ=DAILY', 'EXDATE;VALUE=DATE:20270104,20270105']
  expect(due(todo(...lines))).toMatchObject({ date: '2027-01-06' })
})

test('due later on the day that it starts, its exceptions and its end are those of the due time', () => {
  const times = ['DTSTART:20270104T090000', 'DUE:20270104T170000']
  const text = todo(...times, 'RRULE:FREQ=DAILY;UNTIL=20270106T090000', 'EXDATE:20270105T090000')
  expect(series(text)).toMatchObject({
    rule: 'FREQ=DAILY;UNTIL=20270106',
    start: '2027-01-04T17:00',
    exceptions: ['2027-01-05T17:00'],
  })
  const cut = todo(...times, 'RRULE:FREQ=DAILY;UNTIL=20270106T085959')
  expect(series(cut)?.rule).toBe('FREQ=DAILY;UNTIL=20270105')
})

test('due days after the start, a rule by days moves along with its end, one by dates is named', () => {
  const times = ['DTSTART;VALUE=DATE:20270104', 'DUE;VALUE=DATE:20270106']
  expect(series(todo(...times, 'RRULE:FREQ=WEEKLY;UNTIL=20270201'))).toMatchObject({
    rule: 'FREQ=WEEKLY;UNTIL=20270203',
    start: '2027-01-06',
  })
  const byDate = todo(...times, 'RRULE:FREQ=MONTHLY;BYMONTHDAY=4')
  expect(series(byDate)).toMatchObject({ rule: 'FREQ=MONTHLY;BYMONTHDAY=4', start: '2027-01-04' })
  expect(due(byDate)).toMatchObject({ date: '2027-01-06' })
  expect(reasons(byDate)).toEqual([
    '8: it repeats by its start, 2 days before it is due: later ones are due on the day they start',
  ])
})

const master = [
  'BEGIN:VEVENT',
  'UID:1',
  'SUMMARY:Call',
  'DTSTART;TZID=Europe/Berlin:20270104T090000',
  'RRULE:FREQ=WEEKLY',
  'END:VEVENT',
]
const override = (...lines: string[]) => ['BEGIN:VEVENT', 'UID:1', 'SUMMARY:Moved', ...lines, 'END:VEVENT']

test('a moved occurrence is a task of its own, and an exception of its series', () => {
  const moved = override('RECURRENCE-ID:20270111T080000Z', 'DTSTART;TZID=Europe/Berlin:20270112T100000')
  for (const text of [calendar(...master, ...moved), calendar(...moved, ...master)]) {
    const tasks = read(text).tasks.toSorted((a, b) => (a.task.title < b.task.title ? -1 : 1))
    expect(tasks.map(({ task }) => task)).toMatchObject([
      { title: 'Call', recurrence: { exceptions: ['2027-01-11T09:00'] } },
      { title: 'Moved', recurrence: null, due: { date: '2027-01-12', time: '10:00' } },
    ])
  }
})

test('a cancelled occurrence is an exception and nothing else', () => {
  const text = calendar(...master, ...override('RECURRENCE-ID:20270111T080000Z', 'STATUS:CANCELLED'))
  expect(series(text)).toMatchObject({ exceptions: ['2027-01-11T09:00'] })
  expect(reasons(text)).toEqual([])
})

test('a moved occurrence without its series is a task', () => {
  const text = calendar(...override('RECURRENCE-ID:20270111T080000Z', 'DTSTART:20270112T100000Z'))
  expect(only(text).task.title).toBe('Moved')
})

test('a change of all that follow is made to the one, and named', () => {
  const text = calendar(
    ...master,
    ...override('RECURRENCE-ID;RANGE=THISANDFUTURE:20270111T080000Z', 'DTSTART:20270112T100000Z'),
  )
  expect(reasons(text)).toEqual(['12: it changes this and all following occurrences: here only this one was changed'])
})
