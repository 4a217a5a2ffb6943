import { expect, test } from 'vitest'
import { describeMinutesBefore } from '../src/features/reminders/reminder-words.ts'

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
