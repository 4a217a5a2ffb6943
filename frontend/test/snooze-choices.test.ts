import { expect, test } from 'vitest'
import { snoozeChoices } from '../src/features/reminders/snooze-choices.ts'

const at = (instant: string, timeZone: string) =>
  snoozeChoices(Date.parse(instant), timeZone).map(({ label, until }) => `${label} ${until}`)

test('a reminder comes again soon, in an hour, tonight or tomorrow morning, on the clock of the person', () => {
  expect(at('2026-11-28T10:00:00Z', 'America/New_York')).toEqual([
    '10 min 2026-11-28T10:10:00.000Z',
    '1 hour 2026-11-28T11:00:00.000Z',
    'Tonight 2026-11-29T01:00:00.000Z',
    'Tomorrow 2026-11-29T14:00:00.000Z',
  ])
})

test('late in the evening there is no tonight, and tomorrow is the next day there', () => {
  expect(at('2026-11-28T14:45:00Z', 'Asia/Kolkata')).toEqual([
    '10 min 2026-11-28T14:55:00.000Z',
    '1 hour 2026-11-28T15:45:00.000Z',
    'Tomorrow 2026-11-29T03:30:00.000Z',
  ])
})
