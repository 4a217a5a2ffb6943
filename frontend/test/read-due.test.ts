import { expect, test } from 'vitest'
import { parseQuickAdd } from '@todo/model/quick-add/parse-quick-add'
import type { Due } from '@todo/model/task'
import { readDue } from '../src/features/dates/read-due.ts'

const NOW = new Date('2026-12-02T12:00:00Z')
const CHOSEN: Due = { date: '2026-12-24', time: '18:00', timeZone: 'Europe/Berlin' }

function read(line: string, chosen: Due | null = null) {
  return readDue(line, parseQuickAdd(line, { now: NOW, timeZone: 'Europe/Berlin', weekStart: 1 }), {
    chosen,
    today: '2026-12-02',
  })
}

test.each([
  ['tomorrow', '2026-12-03', null],
  ['fri 9am', '2026-12-04', '09:00'],
  ['at 17:30 on 12 Dec', '2026-12-12', '17:30'],
  [' in 3 days ', '2026-12-05', null],
  ['2027-01-31', '2027-01-31', null],
])('%s is a day, and a time where it says one', (line, date, time) => {
  expect(read(line)).toEqual({ date, time })
})

test('a time alone is one of the day that is chosen already, or else the next time that it is so late', () => {
  expect(read('9am', CHOSEN)).toEqual({ date: '2026-12-24', time: '09:00' })
  expect(read('9am', { ...CHOSEN, date: '2026-12-01' })).toEqual({ date: '2026-12-03', time: '09:00' })
  expect(read('9am')).toEqual({ date: '2026-12-03', time: '09:00' })
  expect(read('tomorrow 9am', CHOSEN)).toEqual({ date: '2026-12-03', time: '09:00' })
})

test.each(['', 'soon', 'fri and more', 'every friday', 'fri !high', 'fri #home', 'remind me fri', '31 Feb'])(
  '“%s” is no day, and is not taken for one',
  (line) => {
    expect(read(line, CHOSEN)).toBeNull()
  },
)
