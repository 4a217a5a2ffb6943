import { expect, test } from 'vitest'
import { calendar, event, only, reasons, todo, todoIn } from './calendar-text.ts'

const due = (text: string) => only(text).task.due
const notes = (text: string) => only(text).task.notes

test.each([
  [['DUE:20270115T090000', 'DTSTART:20270110T080000'], '2027-01-15', '09:00'],
  [['DTSTART:20270110T080000', 'DURATION:PT90M'], '2027-01-10', '09:30'],
  [['DTSTART:20270110T080000', 'DURATION:P1W'], '2027-01-17', '08:00'],
  [['DTSTART;VALUE=DATE:20270110', 'DURATION:P2D'], '2027-01-12', null],
  [['DTSTART:20270110T080000'], '2027-01-10', '08:00'],
  [['DUE;VALUE=DATE:20270115'], '2027-01-15', null],
  [['DUE:2027-01-15T09:00:00'], '2027-01-15', '09:00'],
  [['DUE:20270115T235960'], '2027-01-15', '23:59'],
])('a task with %j is due on %s at %s', (lines, date, time) => {
  expect(due(todo(...lines))).toMatchObject({ date, time })
})

test('a length that crosses a change of the clock is as long as it says', () => {
  expect(due(todo('DTSTART;TZID=Europe/Berlin:20270327T080000', 'DURATION:P1D'))).toMatchObject({
    date: '2027-03-28',
    time: '08:00',
  })
  expect(due(todo('DTSTART;TZID=Europe/Berlin:20270327T080000', 'DURATION:PT24H'))).toMatchObject({
    date: '2027-03-28',
    time: '08:00',
  })
  expect(due(todo('DTSTART;TZID=Europe/Berlin:20270327T230000', 'DURATION:PT6H'))).toMatchObject({
    date: '2027-03-28',
    time: '06:00',
  })
})

test('an event is due when it starts, and how long it lasts is in its notes', () => {
  const text = event('DTSTART:20270110T080000', 'DTEND:20270111T093000')
  expect(due(text)).toEqual({ date: '2027-01-10', time: '08:00', timeZone: 'Europe/Berlin' })
  expect(notes(text)).toBe('Lasts: 1 d 1 h 30 min')
  expect(notes(event('DTSTART:20270110T080000', 'DURATION:PT0S'))).toBe('')
  expect(notes(event('DTSTART;VALUE=DATE:20270110', 'DTEND;VALUE=DATE:20270111'))).toBe('')
  expect(notes(event('DTSTART;VALUE=DATE:20270110', 'DTEND;VALUE=DATE:20270113'))).toBe('Lasts: 3 d')
  expect(notes(event('DTSTART;TZID=Europe/Berlin:20270110T080000', 'DTEND:20270110T080000Z'))).toBe('Lasts: 1 h')
})

test('a start on the clock of another zone is told on that of the due date', () => {
  const text = todo('DTSTART;TZID=America/New_York:20270115T090000', 'DUE;TZID=Europe/Berlin:20270115T160000')
  expect(notes(text)).toBe('Starts: 2027-01-15 15:00')
  expect(notes(todo('DTSTART:20270115T080000Z', 'DUE:20270115T090000Z'))).toBe('Starts: 2027-01-15 09:00')
  expect(notes(todo('DTSTART;VALUE=DATE:20270114', 'DUE:20270115T090000Z'))).toBe('Starts: 2027-01-14')
})

test('a single time in UTC is on the person’s clock, one without a zone already is', () => {
  expect(due(todo('DUE:20270115T233000Z'))).toEqual({ date: '2027-01-16', time: '00:30', timeZone: 'Europe/Berlin' })
  expect(due(todo('DUE:20270115T090000'))).toEqual({ date: '2027-01-15', time: '09:00', timeZone: 'Europe/Berlin' })
})

test.each([
  [['DUE:20270230'], '6: is not a date that exists or a time, such as 20261201 or 20261201T090000'],
  [['DUE:tomorrow'], '6: is not a date that exists or a time, such as 20261201 or 20261201T090000'],
  [['DTSTART:20270101', 'DURATION:2 days'], '7: is not a duration, such as PT1H30M or P2D'],
  [['DTSTART:20270101', 'DURATION:PT'], '7: is not a duration, such as PT1H30M or P2D'],
  [['DURATION:PT1H'], '6: DURATION needs a DTSTART that it counts from'],
  [['DTSTART:20270101', 'DUE:20270102', 'DURATION:P1D'], '8: it has DUE already, which is kept'],
  [['DTEND:20270101T090000'], '6: a task has DUE, not DTEND'],
  [['DUE:99991231T000000Z'], '6: is out of range: a date here must be in the years 1900 to 9000'],
  [['DUE:18991231'], '6: is out of range: a date here must be in the years 1900 to 9000'],
  [['DUE:20270101T090030Z'], '6: times are to the minute here: the seconds were left out'],
  [['DTSTART:20270101T090000Z', 'DURATION:PT90S'], '7: times are to the minute here: the seconds were left out'],
  [['DUE:20270101', 'DUE:20270102'], '7: DUE is there more than once: the first is kept'],
])('of %j the report says %s', (lines, reason) => {
  expect(reasons(todo(...lines))).toEqual([reason])
})

test('a start in the minute in which Org mode wrote the file is none, and named', () => {
  const times = ['DTSTAMP:20261129T122532Z', 'DTSTART:20261129T132500']
  const stamped = (...lines: string[]) => todoIn(['PRODID:-//Ada//Emacs with Org mode//EN'], ...times, ...lines)
  expect(due(stamped())).toBeNull()
  expect(due(todo(...times)), 'of another program, it is one').toMatchObject({ date: '2026-11-29', time: '13:25' })
  expect(reasons(stamped())).toEqual(['8: it is the minute in which the file was written: the task has no start'])
  expect(due(stamped('DUE:20261215T143000'))).toMatchObject({ date: '2026-12-15', time: '14:30' })
  expect(notes(stamped('DUE:20261215T143000'))).toBe('')
})

test('a start is kept where something counts from it, in an event, and where it is another minute or a day', () => {
  const start = { date: '2026-11-29', time: '13:25' }
  const lines = ['DTSTAMP:20261129T122532Z', 'DTSTART:20261129T132500']
  expect(due(todo(...lines, 'RRULE:FREQ=DAILY'))).toMatchObject(start)
  expect(due(todo(...lines, 'DURATION:PT1H'))).toMatchObject({ ...start, time: '14:25' })
  expect(due(event(...lines))).toMatchObject(start)
  expect(due(todo('DTSTAMP:20261129T122632Z', 'DTSTART:20261129T132500'))).toMatchObject(start)
  expect(due(todo('DTSTAMP:20261128T230000Z', 'DTSTART:20261129'))).toEqual({ ...start, time: null, timeZone: null })
})

test('DUE in an event is named', () => {
  expect(reasons(event('DUE:20270101'))).toEqual(['6: an event has DTEND, not DUE'])
})

test('a time without a zone is in the one that its calendar names, else in the person’s', () => {
  const inNewYork = (...lines: string[]) => todoIn(['X-WR-TIMEZONE:America/New_York'], ...lines)
  const text = inNewYork('DUE:20270115T090000')
  expect(due(text)).toEqual({ date: '2027-01-15', time: '09:00', timeZone: 'America/New_York' })
  expect(reasons(text)).toEqual([])
  expect(due(inNewYork('DUE;TZID=Europe/Berlin:20270115T090000'))).toMatchObject({ timeZone: 'Europe/Berlin' })
  expect(due(inNewYork('DUE:20270115T090000Z'))).toMatchObject({ time: '10:00', timeZone: 'Europe/Berlin' })
  expect(due(inNewYork('DUE;VALUE=DATE:20270115'))).toEqual({ date: '2027-01-15', time: null, timeZone: null })
  const elsewhere = text.replace('X-WR-TIMEZONE', 'TIMEZONE-ID')
  expect([due(elsewhere), reasons(elsewhere)]).toEqual([due(text), []])
  expect(due(text.replace('X-WR-TIMEZONE:America/New_York', 'X-OWN:1'))).toMatchObject({ timeZone: 'Europe/Berlin' })
})

test('a time zone of a calendar that is not known is named, and its times are the person’s', () => {
  const text = calendar('X-WR-TIMEZONE:Nowhere', 'BEGIN:VTODO', 'SUMMARY:Call', 'DUE:20270115T090000', 'END:VTODO')
  expect(due(text)).toMatchObject({ time: '09:00', timeZone: 'Europe/Berlin' })
  expect(reasons(text)).toEqual([expect.stringContaining('3: the time zone Nowhere is not known by name')])
})
