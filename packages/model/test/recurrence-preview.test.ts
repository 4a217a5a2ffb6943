import { expect, test } from 'vitest'
import { previewRecurrence, RecurrencePreview, RecurrencePreviewRequest } from '../src/recurrence-preview.ts'

const request = { rule: 'FREQ=WEEKLY;BYDAY=TU', start: '2026-12-01T09:00', timeZone: 'Europe/Berlin' }

test('a preview has the words and the first occurrences', () => {
  const preview = previewRecurrence(
    RecurrencePreviewRequest.parse({ ...request, count: 2, exceptions: ['2026-12-08'] }),
  )
  expect(RecurrencePreview.parse(preview)).toEqual({
    description: 'Every week on Tuesday at 09:00',
    occurrences: [
      { local: '2026-12-01T09:00:00', instant: '2026-12-01T08:00:00.000Z' },
      { local: '2026-12-15T09:00:00', instant: '2026-12-15T08:00:00.000Z' },
    ],
  })
})

test.each([
  [{ rule: 'FREQ=HOURLY' }, 'rule', /more often than daily/],
  [{ rule: 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30' }, 'rule', /no day ever matches/],
  [{ start: '2026-13-01' }, 'start', /must be a local date/],
  [{ timeZone: '+01:00' }, 'timeZone', /must be an IANA time zone/],
  [{ count: 51 }, 'count', /must be 1 to 50/],
  [{ after: 'now' }, 'after', /must be an instant or a local date/],
  [{ exceptions: ['x'] }, 'exceptions.0', /must be a local date/],
])('%o is refused at %s', (wrong, field, message) => {
  const [issue, ...more] = RecurrencePreviewRequest.safeParse({ ...request, ...wrong }).error?.issues ?? []
  expect(issue?.path.join('.')).toBe(field)
  expect(issue?.message).toMatch(message)
  expect(more).toEqual([])
})
