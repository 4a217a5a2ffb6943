import { expect, test } from 'vitest'
import { AppError } from '@todo/platform/errors'
import { decodeCalendar } from '../../src/import/decode-calendar.ts'
import { calendar, only, read, reasons, todo } from './calendar-text.ts'

function refusal(work: () => unknown): AppError {
  try {
    work()
  } catch (error) {
    if (error instanceof AppError) return error
    throw error
  }
  throw new Error('nothing was refused')
}

test.each([
  ['', /is empty: choose the .ics file/],
  ['\uFEFF \r\n', /is empty/],
  ['hello', /is not an iCalendar file, which begins with BEGIN:VCALENDAR: export it as .ics/],
  ['<!DOCTYPE html><p>Sign in', /is a web page, perhaps one that asks you to sign in/],
  ['PK\u0003\u0004', /is a ZIP archive: unpack it/],
  ['BEGIN:VCARD\nEND:VCARD', /has contacts, not a calendar/],
  ['B\u0000E\u0000G\u0000', /is UTF-16 or not text at all: save or export it as UTF-8/],
  ['BEGIN:VCALENDAR\nVERSION:1.0\nEND:VCALENDAR', /is vCalendar 1.0/],
])('the text %j is refused with what to do', (text, message) => {
  const error = refusal(() => read(text))
  expect(error.code).toBe('invalid-request')
  expect(error.message).toMatch(message)
})

test('more than 10 MiB are refused before they are read, and no less', () => {
  const limit = 10 * 1024 * 1024
  expect(decodeCalendar(new Uint8Array(limit))).toHaveLength(limit)
  expect(refusal(() => decodeCalendar(new Uint8Array(limit + 1))).message).toMatch(/larger than 10 MiB: export fewer/)
  expect(refusal(() => read(todo('DESCRIPTION:'.padEnd(limit, 'x')))).code).toBe('too-large')
})

test('too many tasks, or lines, are refused before they are read', () => {
  const tasks = Array.from({ length: 10_001 }, () => 'BEGIN:VTODO\r\nEND:VTODO')
  expect(refusal(() => read(calendar(...tasks))).message).toMatch(/has 10001 tasks and events, more than 10000/)
  expect(refusal(() => read(calendar('\n'.repeat(500_000)))).message).toMatch(/lines, more than 500000/)
})

test('bytes are UTF-8, with or without a byte order mark, or UTF-16 with one', () => {
  const text = todo('DESCRIPTION:Grüße 🍪')
  const utf16 = Buffer.from(`\uFEFF${text}`, 'utf16le')
  const files = [Buffer.from(text), Buffer.from(`\uFEFF${text}`), utf16, Buffer.from(utf16).swap16()]
  for (const file of files) expect(only(decodeCalendar(file)).task.notes).toBe('Grüße 🍪')
})

test('a line may be folded in the middle of a character, and lines keep their numbers', () => {
  const notes = 'Grüße €5 🍪'
  const text = todo(`DESCRIPTION:${notes}`, 'X-UNKNOWN:1')
  const bytes = Buffer.from(text)
  const line = text.split('\n').findIndex((one) => one.startsWith('X-UNKNOWN')) + 1
  const start = bytes.indexOf('Gr')
  for (const fold of ['\r\n ', '\n\t']) {
    for (let at = start; at < start + Buffer.byteLength(notes); at += 1) {
      const folded = Buffer.concat([bytes.subarray(0, at), Buffer.from(fold), bytes.subarray(at)])
      const { tasks, notKept } = read(decodeCalendar(folded))
      const told = [tasks[0]?.task.notes, notKept.map((one) => one.line)]
      expect(told, `folded at byte ${at - start}`).toEqual([notes, [line + 1]])
    }
  }
})

test('other bytes are refused with what to do', () => {
  const latin1 = Buffer.from(todo('DESCRIPTION:Grüße'), 'latin1')
  expect(refusal(() => decodeCalendar(latin1)).message).toMatch(/is not UTF-8 text: save or export it as UTF-8/)
})

test('a component without its end does not take the others with it', () => {
  const text = calendar('BEGIN:VTODO', 'SUMMARY:Lost', 'BEGIN:VTODO', 'SUMMARY:Kept', 'END:VTODO')
  expect(only(text).task.title).toBe('Kept')
  expect(reasons(text)).toEqual(['3: has no END:VTODO before line 5'])
})

test('a file that was cut off keeps what was complete', () => {
  const text = calendar('BEGIN:VTODO', 'SUMMARY:Whole', 'END:VTODO', 'BEGIN:VTODO', 'SUMMARY:Ha').split(
    'END:VCALENDAR',
  )[0]!
  expect(only(text).task.title).toBe('Whole')
  expect(reasons(text)).toEqual([
    '1: has no END:VCALENDAR before the end of the file, which was cut off: export it again',
    '6: has no END:VTODO before the end of the file, which was cut off: export it again',
  ])
})

test('ends without a beginning, and what stands outside, are named', () => {
  const text = `X-NOTE:before\r\n${calendar('END:VTODO')}BEGIN:VTODO\r\nEND:VTODO\r\n`
  expect(reasons(text)).toEqual([
    '1: stands outside of a calendar: it belongs between BEGIN:VCALENDAR and END:VCALENDAR',
    '4: ends what never began: there is no BEGIN:VTODO for it',
    '6: stands outside of a calendar: it belongs between BEGIN:VCALENDAR and END:VCALENDAR',
  ])
})

test('an end closes what was left open inside', () => {
  const text = todo('BEGIN:VALARM', 'TRIGGER:-PT5M', 'DUE:20270101T090000')
  expect(only(text).task.title).toBe('Call')
  expect(reasons(text)).toEqual(['6: has no END:VALARM before line 9'])
})

test('components nested without end cost little and lose only themselves', () => {
  const nested = [
    ...Array.from({ length: 1_000 }, () => 'BEGIN:X-A'),
    ...Array.from({ length: 1_000 }, () => 'END:X-A'),
  ]
  const text = calendar(...nested, 'BEGIN:VTODO', 'SUMMARY:Kept', 'END:VTODO')
  expect(only(text).task.title).toBe('Kept')
  expect(reasons(text)).toEqual(['3: X-A is not a task', '8: is nested too deep to be a part of a task'])
  const unended = calendar(...nested.slice(0, 1_000), 'BEGIN:VTODO', 'SUMMARY:Kept', 'END:VTODO')
  expect(only(unended).task.title).toBe('Kept')
})

test('a calendar in a calendar is two', () => {
  const text = calendar(
    'BEGIN:VTODO',
    'SUMMARY:A',
    'END:VTODO',
    'BEGIN:VCALENDAR',
    'BEGIN:VTODO',
    'SUMMARY:B',
    'END:VTODO',
  )
  expect(read(text).tasks.map(({ task }) => task.title)).toEqual(['A', 'B'])
})

test('junk is counted beyond 5,000 lines instead of becoming an answer of its size', () => {
  const { notKept } = read(calendar(...Array.from({ length: 6_000 }, () => 'junk')))
  expect(notKept).toHaveLength(5_001)
  expect(notKept.at(-1)).toEqual({
    line: 5_002,
    content: '…',
    reason: '1000 more lines are not kept: too many to list, so try the file in parts',
  })
})

test('no message shows the inside of the program', () => {
  const lines = [
    'DTSTART:99999999',
    'DUE;TZID=Nowhere:2026',
    'RRULE:;;;=',
    'EXDATE:x',
    'PRIORITY:high',
    'DURATION:P',
    'GEO:x',
  ]
  const { notKept } = read(todo(...lines, 'BEGIN:VALARM', 'TRIGGER:soon', 'END:VALARM', 'COMPLETED:x'))
  expect(notKept.length).toBeGreaterThan(6)
  for (const { reason, content } of notKept)
    expect(`${content} ${reason}`).not.toMatch(/undefined|NaN|null|\bat \w+\.|Error/)
})

test('dates of another calendar system are pointed out', () => {
  expect(reasons(calendar('CALSCALE:CHINESE'))).toEqual(['3: dates are read as Gregorian: check them'])
})

test('a calendar’s name, colour and description are named as not kept, what is its program’s is not', () => {
  const technical = [
    'PRODID:x',
    'METHOD:PUBLISH',
    'X-WR-RELCALID:1',
    'X-PUBLISHED-TTL:PT1H',
    'X-MS-OLK-A:1',
    'CALSCALE:',
  ]
  expect(reasons(calendar(...technical))).toEqual([])
  expect(reasons(calendar('X-WR-CALNAME:Home', 'COLOR:red', 'X-WR-CALDESC:Ours', 'X-OWN:1'))).toEqual([
    '3: the tasks go into the list that you chose, which keeps its name',
    '4: the tasks go into the list that you chose, which keeps its colour',
    '5: the tasks go into the list that you chose: nothing about the calendar is kept',
    '6: the tasks go into the list that you chose: nothing about the calendar is kept',
  ])
})

test('a sentence of the report never has half of a character', () => {
  const { notKept } = read(todo('DUE:20270104', 'RRULE:FREQ=DAILY', `EXDATE:${'x'.repeat(39)}🍪`))
  expect(notKept).toHaveLength(1)
  expect(notKept[0]!.reason.isWellFormed()).toBe(true)
})
