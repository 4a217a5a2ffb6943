import fc from 'fast-check'
import { expect, test } from 'vitest'
import { dateText, dayNumberOf } from '../src/civil-days.ts'
import { nextOccurrence, occurrences } from '../src/recurrence.ts'
import { formatRecurrenceRule, readRecurrenceRule } from '../src/recurrence-rule.ts'
import { endlessRule, seriesInput, startDate, zone } from './arbitrary-rule.ts'

const completedAt = fc
  .date({ min: new Date('2019-01-01T00:00:00Z'), max: new Date('2032-01-01T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString())

const days = (input: Parameters<typeof occurrences>[0]) => occurrences(input).map(({ local }) => local)

test('occurrences are in order, none twice, none before the start', () => {
  fc.assert(
    fc.property(seriesInput, (series) => {
      const found = days({ ...series, count: 10 })
      expect(found).toEqual([...new Set(found)].sort())
      expect(found.every((local) => local >= series.start)).toBe(true)
    }),
  )
})

test('an exception is never an occurrence, and nothing else goes missing', () => {
  fc.assert(
    fc.property(seriesInput, fc.nat(4), (series, index) => {
      const all = days({ ...series, count: 8 })
      const skipped = all[index]
      if (skipped === undefined) return
      const exceptions = [skipped]
      expect(days({ ...series, exceptions, count: 8 }).slice(0, all.length - 1)).toEqual(
        all.filter((local) => local !== skipped),
      )
    }),
  )
})

test('added days are occurrences at the time of the series, each once, and the rule and its end stay as they are', () => {
  const offsets = fc.array(fc.nat(400), { maxLength: 5 })
  fc.assert(
    fc.property(seriesInput, offsets, fc.integer({ min: 1, max: 6 }), (series, added, count) => {
      const ended = { ...series, rule: `${series.rule};COUNT=${count}` }
      const additions = added.map((offset) => dateText(dayNumberOf(series.start) + offset))
      const time = series.start.slice(10)
      const expected = new Set([...days({ ...ended, count: 20 }), ...additions.map((day) => day + time)])
      expect(days({ ...ended, additions, count: 20 })).toEqual([...expected].sort())
    }),
  )
})

test('COUNT gives the first so many, UNTIL those up to and with it', () => {
  fc.assert(
    fc.property(seriesInput, fc.integer({ min: 1, max: 6 }), (series, count) => {
      const all = days({ ...series, count: 8 })
      expect(days({ ...series, rule: `${series.rule};COUNT=${count}`, count: 8 })).toEqual(all.slice(0, count))
      const last = all[count - 1]
      if (last === undefined) return
      const until = last.slice(0, 10).replaceAll('-', '')
      expect(days({ ...series, rule: `${series.rule};UNTIL=${until}`, count: 8 })).toEqual(all.slice(0, count))
    }),
  )
})

test('a rule means the same after it is written out in its fixed order', () => {
  fc.assert(
    fc.property(seriesInput, (series) => {
      const rule = formatRecurrenceRule(readRecurrenceRule(series.rule))
      expect(days({ ...series, rule, count: 5 })).toEqual(days({ ...series, count: 5 }))
    }),
  )
})

test('next is later than the planned time and the completion, and is the one that the series has there', () => {
  fc.assert(
    fc.property(seriesInput, completedAt, (series, completed) => {
      const [planned] = occurrences({ ...series, count: 1 })
      if (!planned) return
      const { rule, start, timeZone } = series
      const next = nextOccurrence({
        recurrence: { rule, start, anchor: 'due', exceptions: [] },
        occurrenceAt: planned.local,
        occurrenceNumber: 1,
        completedAt: completed,
        timeZone,
      })
      if (!next) return
      const between = days({ ...series, after: planned.local, count: next.missed + 1 })
      expect(between.at(-1)).toBe(next.occurrenceAt)
      expect(next.occurrenceNumber).toBe(next.missed + 2)
      expect(next.occurrenceAt > planned.local).toBe(true)
      if (start.length > 10) {
        const [{ instant } = { instant: '' }] = occurrences({
          ...series,
          after: between.at(-2) ?? planned.local,
          count: 1,
        })
        expect(Date.parse(instant)).toBeGreaterThan(Date.parse(completed))
      }
    }),
  )
})

test('skipping one and asking for the next is the same as asking for the next of the next', () => {
  fc.assert(
    fc.property(seriesInput, (series) => {
      const [first, second, third] = days({ ...series, count: 3 })
      if (third === undefined) return
      const { rule, start, timeZone } = series
      const next = nextOccurrence({
        recurrence: { rule, start, anchor: 'due', exceptions: [second!] },
        occurrenceAt: first!,
        occurrenceNumber: 1,
        completedAt: '2019-01-01T00:00:00Z',
        timeZone,
      })
      expect(next?.occurrenceAt).toBe(third)
    }),
  )
})

test('from completion, next is on a later day than the completion and the planned day', () => {
  const input = fc.record({ rule: endlessRule, planned: startDate, timeZone: zone, completed: completedAt })
  fc.assert(
    fc.property(input, ({ rule, planned, timeZone, completed }) => {
      const next = nextOccurrence({
        recurrence: { rule, start: planned, anchor: 'completion', exceptions: [] },
        occurrenceAt: planned,
        occurrenceNumber: 4,
        completedAt: completed,
        timeZone,
      })
      if (!next) return
      const today = new Intl.DateTimeFormat('en-CA', { timeZone }).format(new Date(completed))
      expect(next.occurrenceAt > planned && next.occurrenceAt > today).toBe(true)
      expect(next).toMatchObject({ occurrenceNumber: 5, missed: 0 })
    }),
  )
})
