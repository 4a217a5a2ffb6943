import { reminderInstant } from '@todo/model/due'
import type { Reminder } from '@todo/model/task'
import { expect, test } from 'vitest'
import { shownReminder } from '../src/features/reminders/shown-reminder.ts'
import { dueOn } from './a-task.ts'

const clock = { now: Date.parse('2026-12-01T12:00:00Z'), timeZone: 'Europe/Berlin' }

const at = (time: string, more: Partial<Reminder> = {}): Reminder =>
  ({ id: time, kind: 'absolute', at: `2026-12-01T${time}:00.000Z`, ...more }) as Reminder
const before = (minutesBefore: number): Reminder => ({ id: `${minutesBefore}`, kind: 'relative', minutesBefore })

const shown = (reminders: Reminder[], due = dueOn('2026-12-01', '14:00', 'Europe/Berlin')) => {
  const found = shownReminder({ reminders, due }, clock)
  return found && `${found.reminder.id}${found.isOver ? ' over' : ''} +${found.more}`
}

test('a reminder that has come is over, and one that is to come is shown before it', () => {
  expect(shown([])).toBeNull()
  expect(shown([at('11:59')])).toBe('11:59 over +0')
  expect(shown([at('12:00'), at('12:01')])).toBe('12:01 +1')
  expect(shown([at('11:00'), at('11:30')])).toBe('11:00 over +1')
})

test('one that goes on until the task is done is never over', () => {
  expect(shown([at('11:00', { repeatMinutes: 10 })])).toBe('11:00 +0')
})

test('one before the due time is over by the clock that the time was entered on', () => {
  expect(shown([before(60)])).toBe('60 over +0')
  expect(shown([before(59)])).toBe('59 +0')
  expect(shown([before(59)], dueOn('2026-12-01', '14:00', 'Europe/Helsinki'))).toBe('59 over +0')
  expect(shown([before(60)], dueOn('2026-12-01', '14:00', 'Europe/Lisbon'))).toBe('60 +0')
  expect(shown([before(60)], dueOn('2026-12-01'))).toBe('60 over +0')
  expect(shown([before(60)], dueOn('2026-12-02'))).toBe('60 +0')
})

test('one a day before is over when the model says that it rings, also where clocks change in between', () => {
  const timeZone = 'Europe/Berlin'
  for (const due of [dueOn('2026-03-29'), dueOn('2026-03-29', '14:30'), dueOn('2026-10-25', '14:30', 'Asia/Tokyo')]) {
    for (const reminder of [before(1_440), before(900), before(60)]) {
      const at = Date.parse(reminderInstant(reminder, due, timeZone)!)
      const isOver = (now: number) => shownReminder({ reminders: [reminder], due }, { now, timeZone })?.isOver
      expect([isOver(at - 1), isOver(at)], `${reminder.id} before ${due?.date} ${due?.time}`).toEqual([false, true])
    }
  }
})
