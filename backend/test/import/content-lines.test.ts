import fc from 'fast-check'
import ICAL from 'ical.js'
import { expect, test } from 'vitest'
import { readContentLines, type ContentLine } from '../../src/import/content-lines.ts'
import { createReport } from '../../src/import/report.ts'
import { readText, readTexts } from '../../src/import/values.ts'
import { fixture, only, reasons, todo } from './calendar-text.ts'

function lines(text: string): ContentLine[] {
  return readContentLines(text, createReport())
}

test.each(['\r\n', '\n', '\r'])('line ends %j are all read, and a folded line counts from where it begins', (end) => {
  const text = ['BEGIN:VCALENDAR', 'SUMMARY:a', ' b', '\tc', '', 'LOCATION:d'].join(end)
  expect(lines(text).map(({ line, name, value }) => [line, name, value])).toEqual([
    [1, 'BEGIN', 'VCALENDAR'],
    [2, 'SUMMARY', 'abc'],
    [6, 'LOCATION', 'd'],
  ])
})

test('a value may hold what a parameter may not, a quoted parameter what a value may', () => {
  const [line] = lines('attendee;CN="Doe; Jane: \'JD\'";ROLE=chair;X-N=a^nb^^^\'c:mailto:jane@example.org;x="y"')
  expect(line).toMatchObject({ name: 'ATTENDEE', value: 'mailto:jane@example.org;x="y"' })
  expect(Object.fromEntries(line!.params)).toEqual({ CN: "Doe; Jane: 'JD'", ROLE: 'chair', 'X-N': 'a\nb^"c' })
})

test('a quote that is never closed does not swallow the value', () => {
  expect(lines('SUMMARY;X="a:b')[0]?.value).toBe('b')
})

test('a line that is none is named with what it should be', () => {
  const text = todo('this is no property', ';X=1:y')
  const [first] = reasons(text)
  expect(first).toBe(undefined)
  expect(reasons(todo('DUE:20270101', 'this is no property', ':y'))).toEqual([
    '7: is not a line of a calendar, which has the form NAME:value',
    '8: is not a line of a calendar, which has the form NAME:value',
  ])
})

test('text that goes on without being folded is kept as text', () => {
  const text = todo(
    'DESCRIPTION:Join here:',
    'https://meet.example/x',
    'Passcode: 123',
    'no colon at all',
    'LOCATION:Room',
  )
  expect(only(text).task.notes).toBe(
    'Join here:\nhttps://meet.example/x\nPasscode: 123\nno colon at all\n\nLocation: Room',
  )
  expect(reasons(text)).toEqual([])
})

test('names in small letters are properties in a file that writes them so', () => {
  const text = ['begin:vcalendar', 'begin:vtodo', 'summary:small', 'end:vtodo', 'end:vcalendar'].join('\n')
  expect(only(text).task.title).toBe('small')
})

test.each(['apple-reminders', 'google-calendar', 'outlook', 'thunderbird', 'nextcloud-tasks', 'tasks-org', 'todoist'])(
  'ical.js reads the same properties in %s',
  (name) => {
    const ours = lines(fixture(name)).filter((line) => line.name !== 'BEGIN' && line.name !== 'END')
    for (const line of ours) {
      const [theirName, params, type, ...values] = ICAL.parse.property(line.text) as [
        string,
        object,
        string,
        ...string[],
      ]
      expect(line.name.toLowerCase()).toBe(theirName)
      const tzid = new Map(Object.entries(params)).get('tzid') as string | undefined
      expect(line.params.get('TZID')).toBe(tzid)
      if (type === 'text') expect(readTexts(line.value).join()).toBe(values.flat().join())
    }
  },
)

test('any text survives being written by ical.js and read here', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
      const clean = text.replace(/\p{Cc}/gu, '').trim()
      const property = new ICAL.Property('description')
      property.setValue(`${clean}\n;,\\${clean}`)
      const [line] = lines(property.toICALString())
      expect(readText(line!.value)).toBe(`${clean}\n;,\\${clean}`.trim())
    }),
  )
})
