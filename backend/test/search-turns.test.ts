import { setImmediate as nextTick } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { inTurns } from '../src/in-turns.ts'
import { createBackend } from './harness.ts'
import type { Client, TestBackend } from './harness.ts'

let backend: TestBackend
let ada: Client
beforeAll(async () => {
  backend = await createBackend()
  ada = await backend.signUp()
})
afterAll(() => backend.close())

/** The n-th of many words that are all alike: of the same letters, in another order. */
function wordOf(n: number): string {
  const left = 'etaoinsrhl'.split('')
  let word = ''
  for (let rest = n * 7; left.length > 0; rest = Math.floor(rest / (left.length + 1))) {
    word += left.splice(rest % left.length, 1)[0]
  }
  return word
}

/** The most that this thread works, in milliseconds, without letting anything else in. */
async function longestWork(until: Promise<unknown>): Promise<number> {
  const state = { done: false }
  void until.finally(() => (state.done = true))
  let longest = 0
  while (!state.done) {
    const { user, system } = process.threadCpuUsage()
    await nextTick()
    const now = process.threadCpuUsage()
    longest = Math.max(longest, (now.user + now.system - user - system) / 1_000)
  }
  return longest
}

test('a search for unknown words among very many holds nobody else up', async () => {
  for (let task = 0; task < 14; task += 1) {
    const words = Array.from({ length: 4_500 }, (_, index) => wordOf(task * 4_500 + index))
    await ada.createTask({ title: `Part ${task}`, notes: words.join(' ') })
  }
  // Reads the words, which is not what is measured.
  await ada.call('GET', '/tasks?q=unknownword')
  const unknown = Array.from({ length: 8 }, (_, index) => wordOf(300_000 + index * 7_919))
  const searches = Array.from({ length: 4 }, () => ada.call('GET', `/tasks?q=${unknown.join('+')}`))
  const longest = await longestWork(Promise.all(searches))
  expect((await Promise.all(searches)).map(({ status }) => status)).toEqual([200, 200, 200, 200])
  expect(longest).toBeLessThan(100)
}, 120_000)

test('work in turns is given up when it takes too long, and others have their turns meanwhile', async () => {
  function* endless(): Generator<void, never> {
    for (;;) yield
  }
  function* short(): Generator<void, string> {
    yield
    return 'done'
  }
  const results: unknown[] = []
  await Promise.all([
    inTurns(endless(), 50).then((result) => results.push(result)),
    inTurns(short(), 50).then((result) => results.push(result)),
  ])
  expect(results).toEqual(['done', null])
})
