import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { assertRecurs } from '../../src/recurrence.ts'
import { parseRecurrenceRule } from '../../src/recurrence-rule.ts'
import { parseQuickAdd } from '../../src/quick-add/parse-quick-add.ts'
import type { QuickAdd } from '../../src/quick-add/quick-add.ts'
import { CreateTask } from '../../src/task.ts'
import { reminderInstant, PAST_REMINDER_LIMIT_MS } from '../../src/due.ts'
import { contextAt } from './told.ts'

const WORDS = (
  'every each day days week weeks month months year hour minute daily weekly monthly monday mon mondays sat sun weekday ' +
  'weekends jan may march one two second first last today tomorrow tonight morning night noon am pm other a next this on ' +
  'by due at of the and in until for times starting from remind reminder me before after completion done 0 1 5 15 31 999 2027 ' +
  '1st 29th 31st 9am 18:30 9:30 2026-12-31 9999-12-31 31.12.2026 31/12/2026 24.12 24.12. 24/12 3/4 1d 30m , ! " “ ” #tag !high p1 / /Home ' +
  '/"Home ( ) - : ; . call bob is every! x'
).split(' ')

const PHRASES = [
  'every monday 9am until jan 5 for 3 times',
  'remind me tomorrow 9:00',
  'remind at 9 every 10 min until done',
  'jan 5 2027 at 9',
  'every 15th and 31st',
  'last friday of the month',
  'in 3 days',
  'feb 29',
  'on sat 28 nov',
  'every 2 weeks on mon, wed and fri starting tomorrow for 3 months',
]

const anyLine = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 1_000 }),
  fc.string({ maxLength: 1_000 }),
  fc
    .array(fc.tuple(fc.constantFrom(...WORDS, ...PHRASES), fc.constantFrom(' ', ' ', ' ', ', ', '', '\n')), {
      maxLength: 60,
      size: 'max',
    })
    .map((pairs) => pairs.flat().join('').slice(0, 1_000)),
)
const anyMoment = fc.record({
  now: fc.date({ min: new Date('2000-01-01'), max: new Date('2090-01-01'), noInvalidDate: true }),
  timeZone: fc.constantFrom('UTC', 'Europe/Lisbon', 'America/New_York', 'Asia/Kathmandu', 'Pacific/Kiritimati'),
  weekStart: fc.integer({ min: 1, max: 7 }),
})

const solid = (text: string) => text.replace(/\s+/gu, '')

/** The text without what was understood. */
function leftOf(text: string, { parts }: QuickAdd): string {
  let left = ''
  let at = 0
  for (const { from, to } of parts) {
    expect(from).toBeGreaterThanOrEqual(at)
    expect(to).toBeGreaterThan(from)
    left += text.slice(at, from)
    at = to
  }
  return left + text.slice(at)
}

describe('any text', () => {
  test('is read without an error, and nothing of it is lost', () => {
    fc.assert(
      fc.property(anyLine, anyMoment, (text, moment) => {
        const read = parseQuickAdd(text, contextAt(undefined, moment))
        const left = solid(leftOf(text, read))
        for (const part of read.parts) expect(part.text).toBe(text.slice(part.from, part.to))
        // Where nothing to be seen is left, the title is all of it.
        expect([left, solid(text)]).toContain(solid(read.title))
      }),
      { numRuns: 2_000 },
    )
  })

  test('makes what the API takes', () => {
    fc.assert(
      fc.property(anyLine, anyMoment, (text, moment) => {
        const context = contextAt(undefined, moment)
        const { title: _, listId: __, parts: ___, priority, recurrence, ...task } = parseQuickAdd(text, context)
        CreateTask.parse({ title: 'x', ...task, recurrence, ...(priority && { priority }) })
        if (recurrence) {
          parseRecurrenceRule(recurrence.rule)
          assertRecurs({ ...recurrence, timeZone: context.timeZone })
          expect(recurrence.start.slice(0, 10)).toBe(task.due?.date)
        }
        for (const reminder of task.reminders) {
          const at = Date.parse(reminderInstant(reminder, task.due, context.timeZone)!)
          expect(at).toBeGreaterThanOrEqual(context.now.getTime() - PAST_REMINDER_LIMIT_MS)
        }
      }),
      { numRuns: 2_000 },
    )
  })

  test('is read the same again', () => {
    fc.assert(
      fc.property(anyLine, anyMoment, (text, moment) => {
        const context = contextAt(undefined, moment)
        expect(parseQuickAdd(text, context)).toEqual(parseQuickAdd(text, context))
      }),
      { numRuns: 200 },
    )
  })

  test('has no parts where every kind is taken back, and all of it for a title', () => {
    fc.assert(
      fc.property(anyLine, anyMoment, (text, moment) => {
        const context = contextAt(undefined, moment)
        const plain = (['due', 'recurrence', 'priority', 'tag', 'list', 'reminder'] as const).map((kind) => ({ kind }))
        const read = parseQuickAdd(text, { ...context, plain })
        expect([read.parts, solid(read.title)]).toEqual([[], solid(text)])
      }),
      { numRuns: 200 },
    )
  })
})

describe('500 characters cost at most 10 ms', () => {
  const lists = Array.from({ length: 200 }, (_, index) => ({
    id: `${index}`,
    name: `List number ${index} of many words`,
  }))
  const context = contextAt(undefined, { lists })

  const LIMIT_MS = 10

  /** Processor time of this thread, the least of five, since what else the machine does is not the parser's cost. */
  function costMs(text: string, tries = 5): number {
    const begun = process.threadCpuUsage()
    parseQuickAdd(text, context)
    const { user, system } = process.threadCpuUsage(begun)
    const cost = (user + system) / 1_000
    return cost <= LIMIT_MS || tries === 1 ? cost : Math.min(cost, costMs(text, tries - 1))
  }

  const repeated = [...WORDS, ...PHRASES, 'a', '"', '“', '#', '/', '!', '9', '(', '\t', '/List number', 'monday,', '🎉']
  const hostile = repeated.flatMap((word) =>
    ['', ' ', ', ', ' and ', ' every ', ' call '].map((separator) => `${word}${separator}`.repeat(500).slice(0, 500)),
  )

  test('whatever is repeated in them', () => {
    parseQuickAdd(PHRASES.join(' '), context)
    const slow = hostile.filter((text) => costMs(text) > LIMIT_MS).map((text) => text.slice(0, 40))
    expect(slow).toEqual([])
  })

  test('whatever words are mixed in them', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...WORDS, ...PHRASES), { minLength: 60, maxLength: 120, size: 'max' }),
        (words) => {
          expect(costMs(words.join(' ').slice(0, 500))).toBeLessThanOrEqual(LIMIT_MS)
        },
      ),
      { numRuns: 200 },
    )
  })
})
