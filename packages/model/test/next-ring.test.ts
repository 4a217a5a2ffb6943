import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nextRepeat, nextRing } from '../src/next-ring.ts'
import type { Reminder } from '../src/task.ts'

const now = new Date('2026-12-01T12:00:00Z')
const at = (minutes: number) => new Date(now.getTime() + minutes * 60_000).toISOString()
const reminder = (minutes: number, repeatMinutes?: number): Reminder => ({
  id: 'r',
  kind: 'absolute',
  at: at(minutes),
  ...(repeatMinutes && { repeatMinutes }),
})
const ring = (given: Reminder, firePast: boolean) => nextRing(given, { due: null, timeZone: 'UTC', now, firePast })

test('what is ahead rings at its time, what has just passed at once or not at all, what is long past never', () => {
  for (const firePast of [true, false]) expect(ring(reminder(5), firePast)).toEqual({ setFor: at(5), remindAt: at(5) })
  expect(ring(reminder(-5), true)).toEqual({ setFor: at(-5), remindAt: at(-5) })
  expect(ring(reminder(-5), false)).toBeNull()
  expect(ring(reminder(-25 * 60), true)).toBeNull()
})

test('one that goes on until the task is done rings next at the first of its times that is ahead', () => {
  expect(ring(reminder(5, 10), false)).toEqual({ setFor: at(5), remindAt: at(5) })
  expect(ring(reminder(-5, 10), true)).toEqual({ setFor: at(-5), remindAt: at(-5) })
  expect(ring(reminder(-5, 10), false)).toEqual({ setFor: at(-5), remindAt: at(5) })
  expect(ring(reminder(-10, 10), false)).toEqual({ setFor: at(-10), remindAt: at(10) })
  expect(ring(reminder(-25 * 60, 60), true)).toEqual({ setFor: at(-25 * 60), remindAt: at(60) })
})

test('a reminder that counts back from no due date never rings', () => {
  expect(ring({ id: 'r', kind: 'relative', minutesBefore: 5, repeatMinutes: 10 }, true)).toBeNull()
})

test('the next repeat is ahead, by at most one period, and a whole number of them from the start', () => {
  fc.assert(
    fc.property(fc.integer({ min: 5, max: 1_440 }), fc.integer({ min: -5e9, max: 5e9 }), (every, agoMs) => {
      const from = new Date(now.getTime() - agoMs)
      const next = Date.parse(nextRepeat(from.toISOString(), every, now))
      expect(next).toBeGreaterThan(now.getTime())
      expect(next - Math.max(now.getTime(), from.getTime())).toBeLessThanOrEqual(every * 60_000)
      expect((next - from.getTime()) % (every * 60_000)).toBe(0)
    }),
  )
})
