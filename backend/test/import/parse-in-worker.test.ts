import { expect, test } from 'vitest'
import { pollUntil } from '@todo/platform/testing/poll-until'
import { parseInWorker } from '../../src/import/parse-in-worker.ts'
import { ReadingTurns } from '../../src/import/reading-turns.ts'
import { calendar, options } from './calendar-text.ts'

const TOO_MUCH = { code: 'too-large', message: expect.stringContaining('too much time or memory to read') }

const large = calendar(
  ...Array.from({ length: 5_000 }, (_, index) => ['BEGIN:VTODO', `UID:${index}`, 'SUMMARY:x', 'END:VTODO']).flat(),
)

test('a file that takes too long is given up, with what to do', async () => {
  await expect(parseInWorker(large, options, { ms: 1, heapMiB: 512 })).rejects.toMatchObject(TOO_MUCH)
})

test('a file that takes too much memory is given up, with what to do', async () => {
  await expect(parseInWorker(large, options, { ms: 30_000, heapMiB: 8 })).rejects.toMatchObject(TOO_MUCH)
})

test('of a person one file is read at a time, few may wait, and the next is taken when there is room', async () => {
  const [turns, gate] = [new ReadingTurns(2), Promise.withResolvers<string>()]
  let reading = 0
  const read = () => turns.take('ada', () => ((reading += 1), gate.promise))
  const taken = Array.from({ length: 5 }, read)
  await expect(read()).rejects.toMatchObject({ code: 'too-many-requests' })
  expect(await turns.take('bob', async () => reading)).toBe(1)
  gate.resolve('done')
  expect(await Promise.all(taken)).toEqual(['done', 'done', 'done', 'done', 'done'])
  expect(await read()).toBe('done')
})

test('so many files are read at once, the others wait in line; one that fails gives its turn on', async () => {
  const turns = new ReadingTurns(2)
  const begun: string[] = []
  const gates = new Map<string, PromiseWithResolvers<string>>()
  const read = (userId: string) =>
    turns.take(userId, () => {
      begun.push(userId)
      gates.set(userId, Promise.withResolvers())
      return gates.get(userId)!.promise
    })
  const all = ['a', 'b', 'c', 'd'].map(read)
  await pollUntil(() => begun.length === 2)
  expect(begun).toEqual(['a', 'b'])
  gates.get('b')!.reject(new Error('broken'))
  await expect(all[1]).rejects.toThrow('broken')
  expect(begun).toEqual(['a', 'b', 'c'])
  gates.get('a')!.resolve('done')
  expect(await all[0]).toBe('done')
  expect(begun).toEqual(['a', 'b', 'c', 'd'])
  for (const user of ['c', 'd']) gates.get(user)!.resolve(user)
  expect(await Promise.all(all.slice(2))).toEqual(['c', 'd'])
})
