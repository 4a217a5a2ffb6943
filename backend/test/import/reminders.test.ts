import { expect, test } from 'vitest'
import { event, only, reasons, todo } from './calendar-text.ts'

const alarm = (...lines: string[]) => ['BEGIN:VALARM', 'ACTION:DISPLAY', ...lines, 'END:VALARM']
const reminders = (text: string) => only(text).task.reminders
const before = (minutesBefore: number) => ({ kind: 'relative', minutesBefore })

test.each([
  ['TRIGGER:-PT15M', before(15)],
  ['TRIGGER:PT0S', before(0)],
  ['TRIGGER:-PT90S', before(2)],
  ['TRIGGER:-P300S', before(5)],
  ['TRIGGER:-P1D2H', before(1_560)],
  ['TRIGGER;VALUE=DURATION:-P1W', before(10_080)],
  ['TRIGGER;VALUE=DATE-TIME:20270110T120000Z', { kind: 'absolute', at: '2027-01-10T12:00:00.000Z' }],
  ['TRIGGER;RELATED=END:-PT10M', before(10)],
  ['TRIGGER:PT30M', { kind: 'absolute', at: '2027-01-15T08:30:00.000Z' }],
])('%s of a task is %j', (trigger, reminder) => {
  expect(reminders(todo('DUE:20270115T090000', ...alarm(trigger)))).toEqual([reminder])
})

test('an alarm of an event counts from its start or its end', () => {
  const times = ['DTSTART:20270115T090000', 'DTEND:20270115T100000']
  expect(reminders(event(...times, ...alarm('TRIGGER:-PT15M')))).toEqual([before(15)])
  expect(reminders(event(...times, ...alarm('TRIGGER;RELATED=END:-PT75M')))).toEqual([before(15)])
  expect(reminders(event(...times, ...alarm('TRIGGER;RELATED=END:PT0S')))).toEqual([
    { kind: 'absolute', at: '2027-01-15T09:00:00.000Z' },
  ])
})

test('an alarm of a task with a start counts from there', () => {
  const times = ['DTSTART:20270114T090000', 'DUE:20270115T090000']
  expect(reminders(todo(...times, ...alarm('TRIGGER:-PT1H')))).toEqual([before(1_500)])
})

test('an alarm of a day counts from its midnight, a reminder from 09:00', () => {
  const day = 'DUE;VALUE=DATE:20270115'
  expect(reminders(todo(day, ...alarm('TRIGGER:PT9H')))).toEqual([before(0)])
  expect(reminders(todo(day, ...alarm('TRIGGER:-PT15H')))).toEqual([before(1_440)])
  expect(reminders(todo(day, ...alarm('TRIGGER:PT18H')))).toEqual([
    { kind: 'absolute', at: '2027-01-15T17:00:00.000Z' },
  ])
})

test('within the last day a reminder is kept, earlier it is named', () => {
  expect(reminders(todo('DUE:20261201T080000', ...alarm('TRIGGER:-PT22H')))).toEqual([before(1_320)])
  expect(reasons(todo('DUE:20261201T080000', ...alarm('TRIGGER:-P1D')))).toEqual([
    '9: it would have been at 2026-11-30T07:00:00.000Z, more than a day ago',
  ])
})

test.each([
  [['DUE:20270115T090000', ...alarm()], '7: has no TRIGGER that says when to remind'],
  [
    ['DUE:20270115T090000', ...alarm('TRIGGER:soon')],
    '9: TRIGGER must be a duration, such as -PT15M, or a time in UTC',
  ],
  [
    ['DUE:20270115T090000', ...alarm('TRIGGER:20270101')],
    '9: TRIGGER must be a duration, such as -PT15M, or a time in UTC',
  ],
  [[...alarm('TRIGGER:-PT15M')], '8: it counts from a date that the task does not have'],
  [
    ['DUE:20270115T090000', ...alarm('TRIGGER:-PT15M', 'REPEAT:2', 'DURATION:PT5M')],
    '10: a reminder comes once: snooze it, or add more of them',
  ],
  [
    ['DUE:20270115', 'BEGIN:VALARM', 'ACTION:PROCEDURE', 'TRIGGER:-PT15M', 'END:VALARM'],
    '9: ACTION:PROCEDURE is not a reminder',
  ],
  [['DUE:20270115', ...alarm('TRIGGER:-PT1M', 'PROXIMITY:ARRIVE')], '9: reminding at a place is not supported'],
  [
    ['DUE:20270115', 'RRULE:FREQ=DAILY', ...alarm('TRIGGER:P1D')],
    '10: a task that repeats can be reminded of up to a year before it is due, and not after',
  ],
  [
    ['DUE:20261130T090000', ...alarm('TRIGGER:P1D', 'ACKNOWLEDGED:20261201T080000Z')],
    '9: it was seen and dismissed already',
  ],
  [
    ['COMPLETED:20261101T080000Z', 'DUE:20270115', ...alarm('TRIGGER:-PT1M')],
    '10: the task is completed, so there is nothing to remind of',
  ],
  [['BEGIN:PARTICIPANT', 'END:PARTICIPANT'], '6: PARTICIPANT has no place in a task'],
])('of %j the report says %s', (lines, reason) => {
  expect(reasons(todo(...lines))).toEqual([reason])
  expect(reminders(todo(...lines)).length).toBe(reason.includes('comes once') ? 1 : 0)
})

test('an alarm that was taken away is no alarm', () => {
  const text = todo(
    'DUE:20270115',
    'BEGIN:VALARM',
    'ACTION:NONE',
    'TRIGGER;VALUE=DATE-TIME:19760401T005545Z',
    'END:VALARM',
  )
  expect(reminders(text)).toEqual([])
  expect(reasons(text)).toEqual([])
})

test('an alarm that KDE keeps but does not ring is named, one that rings is a reminder', () => {
  const alarmThatIs = (enabled: string) =>
    todo('DUE:20270115T090000', ...alarm('TRIGGER:-PT1H', `X-KDE-KCALCORE-ENABLED:${enabled}`))
  expect(reminders(alarmThatIs('FALSE'))).toEqual([])
  expect(reasons(alarmThatIs('FALSE'))).toEqual(['9: it was switched off'])
  expect(reminders(alarmThatIs('TRUE'))).toEqual([before(60)])
  expect(reasons(alarmThatIs('TRUE'))).toEqual([])
})

test('the same reminder twice is one, the eleventh is named, and of very many the first are read', () => {
  const many = (count: number) => Array.from({ length: count }, (_, minute) => alarm(`TRIGGER:-PT${minute}M`)).flat()
  expect(reminders(todo('DUE:20270115T090000', ...many(10), ...many(10)))).toHaveLength(10)
  expect(reasons(todo('DUE:20270115T090000', ...many(11)))).toEqual(['47: a task has at most 10 reminders'])
  expect(reasons(todo('DUE:20270115T090000', ...many(60))).at(-1)).toBe(
    '207: it has 60 alarms: only the first 50 were read',
  )
})

test('the text of an alarm is named where somebody entered it, and not where its program did', () => {
  const withText = (...lines: string[]) => todo('DUE:20270115T090000', ...alarm('TRIGGER:-PT5M', ...lines))
  for (const own of ['Call', 'Reminder', 'This is an event reminder', 'Default Mozilla Description']) {
    expect(reasons(withText(`DESCRIPTION:${own}`))).toEqual([])
  }
  expect(reasons(withText('ATTACH;VALUE=URI:Chord'))).toEqual([])
  // khal says the notes of the event once more.
  expect(
    reasons(todo('DESCRIPTION:Ring twice', 'DUE:20270115', ...alarm('TRIGGER:PT9H', 'DESCRIPTION:Ring twice'))),
  ).toEqual([])
  expect(reasons(withText('DESCRIPTION:Take the keys', 'ATTACH;VALUE=URI:horn.wav'))).toEqual([
    '10: a reminder says the title of its task, and has no text of its own',
    '11: a reminder has no sound and no attachment of its own',
  ])
})

test('seconds of an alarm are named', () => {
  expect(reasons(todo('DUE:20270115T090000', ...alarm('TRIGGER:-PT90S')))).toEqual([
    '9: a reminder is to the minute: the seconds were rounded',
  ])
})
