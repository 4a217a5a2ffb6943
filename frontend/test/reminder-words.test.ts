import { expect, test } from 'vitest'
import { describeMinutesBefore, describeRepeat } from '../src/features/reminders/reminder-words.ts'

test('reminders are told in the largest whole unit', () => {
  expect([0, 5, 60, 90, 1440, 2880].map(describeMinutesBefore)).toEqual([
    'At the due time',
    '5 min before',
    '1 h before',
    '90 min before',
    '1 day before',
    '2 days before',
  ])
})

test.each([
  [10, 'every 10 min until done'],
  [60, 'every 1 h until done'],
  [1440, 'every day until done'],
])('a reminder that comes again after %i minutes says: %s', (minutes, words) => {
  expect(describeRepeat(minutes)).toBe(words)
})
