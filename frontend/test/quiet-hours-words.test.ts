import { expect, test } from 'vitest'
import { describeQuietHours } from '../src/features/settings/quiet-hours-words.ts'

const at = (time: string, timeZone = 'UTC') => ({
  now: Date.parse(`2026-11-23T${time}:00Z`),
  today: '2026-11-23',
  timeZone,
  locale: 'en-GB',
})

test.each([
  [{ from: '22:00', to: '07:00' }, '12:00', 'Next from 22:00 today until 07:00 tomorrow.'],
  [{ from: '22:00', to: '07:00' }, '21:59', 'Next from 22:00 today until 07:00 tomorrow.'],
  [{ from: '22:00', to: '07:00' }, '22:00', 'Quiet now, until 07:00 tomorrow.'],
  [{ from: '22:00', to: '07:00' }, '06:59', 'Quiet now, until 07:00 today.'],
  [{ from: '22:00', to: '07:00' }, '07:00', 'Next from 22:00 today until 07:00 tomorrow.'],
  [{ from: '12:00', to: '13:00' }, '11:00', 'Next from 12:00 today until 13:00 today.'],
  [{ from: '12:00', to: '13:00' }, '12:30', 'Quiet now, until 13:00 today.'],
  [{ from: '12:00', to: '13:00' }, '13:00', 'Next from 12:00 tomorrow until 13:00 tomorrow.'],
])('%j at %s is told as: %s', (quiet, time, words) => {
  expect(describeQuietHours(quiet, at(time))).toBe(words)
})

test('quiet hours are told on the clock of the person', () => {
  expect(describeQuietHours({ from: '22:00', to: '07:00' }, { ...at('13:30', 'Asia/Tokyo') })).toBe(
    'Quiet now, until 07:00 tomorrow.',
  )
})
