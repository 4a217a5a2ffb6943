import { setImmediate as nextTurn } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { Turns } from '../src/features/tasks/turns.ts'

/** Work that ends when the test says so, and what has begun so far. */
function watched() {
  const begun: string[] = []
  const ends = new Map<string, PromiseWithResolvers<void>>()
  const work = (name: string) => () => {
    begun.push(name)
    const end = Promise.withResolvers<void>()
    ends.set(name, end)
    return end.promise
  }
  return { begun, work, end: (name: string) => ends.get(name)! }
}

test('a change waits for those before it that have a task in common, and for no others', async () => {
  const turns = new Turns()
  const { begun, work, end } = watched()
  void turns.take(['a', 'b'], work('both'))
  void turns.take(['b'], work('b alone'))
  void turns.take(['c'], work('c'))
  void turns.take(['a', 'c'], work('a and c'))
  await nextTurn()
  expect(begun).toEqual(['both', 'c'])
  end('both').resolve()
  await nextTurn()
  expect(begun).toEqual(['both', 'c', 'b alone'])
  end('c').resolve()
  await nextTurn()
  expect(begun).toEqual(['both', 'c', 'b alone', 'a and c'])
})

test('one that fails is told to who asked for it, and holds up nobody', async () => {
  const turns = new Turns()
  const { begun, work, end } = watched()
  const refused = turns.take(['a'], work('first'))
  void turns.take(['a'], work('second'))
  end('first').reject(new Error('refused'))
  await expect(refused).rejects.toThrow('refused')
  await nextTurn()
  expect(begun).toEqual(['first', 'second'])
})
