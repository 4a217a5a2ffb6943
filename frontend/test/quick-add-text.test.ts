import { describe, expect, test } from 'vitest'
import { quickAddDefaults } from '../src/features/quick-add/quick-add-defaults.ts'
import { readQuickAdd } from '../src/features/quick-add/quick-add-text.ts'

const read = (line: string, plain: string[] = []) => {
  const { title, tokens } = readQuickAdd(line, new Set(plain))
  return [title, ...tokens.map(({ text }) => text)]
}

describe('a line of quick add', () => {
  test('has its tags and its priority read, the rest is the title', () => {
    expect(read('Pay #home rent  !high #money')).toEqual(['Pay rent', '#home', '!high', '#money'])
  })

  test('leaves alone what is in quotes', () => {
    expect(read('Buy the "#1 dad" mug #gift')).toEqual(['Buy the "#1 dad" mug', '#gift'])
  })

  test('leaves alone what only looks like a token', () => {
    expect(read('C# and issue#4, wow!high !highest #')).toEqual(['C# and issue#4, wow!high !highest #'])
  })

  test('keeps a token as plain text when its chip was taken away', () => {
    expect(read('Fix #4 today #work', ['#4'])).toEqual(['Fix #4 today', '#work'])
  })

  test('takes tags in any script', () => {
    expect(read('شراء هدية #عائلة')).toEqual(['شراء هدية', '#عائلة'])
  })
})

describe('a task that is added in a view', () => {
  test('belongs to it: Today, tomorrow, the list, the tag', () => {
    const today = '2026-11-23'
    expect(quickAddDefaults({ kind: 'today' }, {}, today).due?.date).toBe(today)
    expect(quickAddDefaults({ kind: 'upcoming' }, {}, today).due?.date).toBe('2026-11-24')
    expect(quickAddDefaults({ kind: 'list', listId: 'l1' }, {}, today).listId).toBe('l1')
    expect(quickAddDefaults({ kind: 'tag', tag: 'home' }, { tags: ['money'] }, today).tags).toEqual(['home', 'money'])
  })

  test('takes a filter only where it leaves no choice', () => {
    const defaults = quickAddDefaults({ kind: 'all' }, { lists: ['a', 'b'], priorities: ['high'] }, '2026-11-23')
    expect(defaults).toMatchObject({ listId: null, priority: 'high' })
  })
})
