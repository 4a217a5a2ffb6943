import { describe, expect, test } from 'vitest'
import { parseQuickAdd } from '../../src/quick-add/parse-quick-add.ts'
import { QuickAddPart, type PlainPart } from '../../src/quick-add/quick-add.ts'
import { LIMITS } from '../../src/limits.ts'
import { contextAt, told } from './told.ts'

const without = (text: string, ...plain: PlainPart[]) => told(text, contextAt(undefined, { plain }))

describe('a part that was taken back stays in the title', () => {
  test.each<[string, PlainPart, string]>([
    ['Buy milk tomorrow', { kind: 'due', text: 'tomorrow' }, 'Buy milk tomorrow'],
    ['Buy milk Tomorrow!', { kind: 'due', text: 'tomorrow' }, 'Buy milk Tomorrow!'],
    ['Buy milk tomorrow', { kind: 'due', text: 'today' }, 'Buy milk | 2026-12-03'],
    ['Buy milk tomorrow #a', { kind: 'due' }, 'Buy milk tomorrow | #a'],
    // Nothing is found inside of it: nobody who wants no rule wants every other reading of it.
    ['Gym every monday 9am', { kind: 'recurrence', text: 'every monday 9am' }, 'Gym every monday 9am'],
    ['Gym every monday, tomorrow 9am', { kind: 'recurrence' }, 'Gym every monday | 2026-12-03 09:00'],
    ['Fix #4 tomorrow #work', { kind: 'tag', text: '#4' }, 'Fix #4 | 2026-12-03 | #work'],
    ['Fix it #a #b', { kind: 'tag' }, 'Fix it #a #b'],
    ['Fix it !high', { kind: 'priority', text: '!HIGH' }, 'Fix it !high'],
    ['Fix it tomorrow p1', { kind: 'priority', text: 'p1' }, 'Fix it p1 | 2026-12-03'],
    ['Fix it /home', { kind: 'list', text: '/home' }, 'Fix it /home'],
    ['Fix it /finance /home', { kind: 'list', text: '/home' }, 'Fix it /home | /Finance'],
    [
      'Fix it friday remind 1h before',
      { kind: 'reminder', text: 'remind 1h before' },
      'Fix it remind 1h before | 2026-12-04',
    ],
    ['Fix it monday or friday tomorrow', { kind: 'list' }, 'Fix it monday or friday | 2026-12-03'],
    ['Move it friday about tomorrow', { kind: 'due', text: 'friday' }, 'Move it friday about tomorrow'],
    ['Back tomorrow, start friday', { kind: 'due', text: 'friday' }, 'Back, start friday | 2026-12-03'],
  ])('%s without %o', (text, plain, says) => expect(without(text, plain)).toBe(says))

  test('of two days that contradict each other the one that is left is taken', () => {
    expect(without('Back tomorrow, start friday')).toBe('Back tomorrow, start friday')
    expect(without('Back tomorrow, start friday', { kind: 'due', text: 'tomorrow' })).toBe(
      'Back tomorrow, start | 2026-12-04',
    )
  })
})

describe('the parts of a line', () => {
  const parts = (text: string) => parseQuickAdd(text, contextAt()).parts

  test('have their place, their text and what it means', () => {
    const text = 'Pay rent every 1st 9am !high #home /Finance remind 1d before'
    expect(parts(text)).toEqual([
      {
        kind: 'recurrence',
        from: 9,
        to: 22,
        text: 'every 1st 9am',
        rule: 'FREQ=MONTHLY;BYMONTHDAY=1',
        anchor: 'due',
        time: '09:00',
      },
      { kind: 'priority', from: 23, to: 28, text: '!high', priority: 'high' },
      { kind: 'tag', from: 29, to: 34, text: '#home', tag: 'home' },
      { kind: 'list', from: 35, to: 43, text: '/Finance', listId: 'Finance' },
      {
        kind: 'reminder',
        from: 44,
        to: 60,
        text: 'remind 1d before',
        reminders: [{ kind: 'relative', minutesBefore: 1440 }],
      },
    ])
  })

  test('count in UTF-16, as the text field does', () => {
    expect(parts('🎉🎉 Party tomorrow #fun')).toMatchObject([
      { from: 11, to: 19, text: 'tomorrow', date: '2026-12-03', time: null },
      { from: 20, to: 24, text: '#fun' },
    ])
  })

  test('have the punctuation that would be left hanging', () => {
    expect(parts('Gym, every monday, 9am; #sport.').map(({ text }) => text)).toEqual([
      ', every monday, 9am;',
      '#sport.',
    ])
  })

  test('are apart where a day and a time are', () => {
    expect(parts('Call at 9 about it tomorrow')).toMatchObject([
      { kind: 'due', date: null, time: '09:00' },
      { kind: 'due', date: '2026-12-03', time: null },
    ])
  })

  test('are as the API tells them', () => {
    for (const part of parts('Pay every 1st 9am !high #home /Finance remind 1d before')) {
      expect(QuickAddPart.parse(part)).toEqual(part)
    }
  })

  test('are none in a line that is too long to be one', () => {
    const text = `tomorrow ${'x'.repeat(LIMITS.quickAddLength)}`
    expect(parseQuickAdd(text, contextAt())).toMatchObject({ title: text, parts: [], due: null })
  })
})

describe('a list is named', () => {
  const named = (text: string, lists: { id: string; name: string }[]) => told(text, contextAt(undefined, { lists }))

  test('as it is written where two differ in nothing else', () => {
    const lists = [
      { id: '1', name: 'Home' },
      { id: '2', name: 'home' },
    ]
    expect(named('Mow /home', lists)).toBe('Mow | /2')
    expect(named('Mow /Home', lists)).toBe('Mow | /1')
    expect(named('Mow /HOME', lists)).toBe('Mow /HOME')
  })

  test('not at all where there are two of the name, or none', () => {
    const twice = [
      { id: '1', name: 'Home' },
      { id: '2', name: 'Home' },
    ]
    expect(named('Mow /Home', twice)).toBe('Mow /Home')
    expect(named('Mow /Home', [])).toBe('Mow /Home')
  })

  test('with a mark at its end, or without', () => {
    const lists = [
      { id: '1', name: 'Misc.' },
      { id: '2', name: 'Why?' },
    ]
    expect(named('Mow /misc.', lists)).toBe('Mow | /1')
    expect(named('Ask /why? tomorrow', lists)).toBe('Ask | 2026-12-03 | /2')
  })
})

test('a task has thirty tags and ten reminders at the most, what is more stays in the title', () => {
  const tags = Array.from({ length: 32 }, (_, index) => `#t${index}`)
  const tagged = parseQuickAdd(`x ${tags.join(' ')} #T3`, contextAt())
  expect([tagged.tags.length, tagged.title]).toEqual([30, 'x #t30 #t31'])
  const reminders = Array.from(
    { length: 2 },
    (_, index) => `remind ${[1, 2, 3, 4, 5, 6].map((each) => `${each + index * 6}m`).join(', ')} before`,
  )
  const reminded = parseQuickAdd(`x tomorrow 9am ${reminders.join(' ')}`, contextAt())
  expect([reminded.reminders.length, reminded.title]).toEqual([6, `x ${reminders[1]}`])
})
