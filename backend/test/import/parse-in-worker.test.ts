import { expect, test } from 'vitest'
import { parseInWorker } from '../../src/import/parse-in-worker.ts'
import { ReadingTurns } from '../../src/import/reading-turns.ts'
import { calendar, options, todo } from './calendar-text.ts'

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

test('a person has one file read at a time, a few wait in line, and a crowd is refused', async () => {
  const sent = Array.from({ length: 6 }, () => parseInWorker(todo(), options))
  await expect(sent[5]).rejects.toMatchObject({ code: 'too-many-requests' })
  const other = parseInWorker(todo(), { ...options, userId: 'user-2' })
  const read = await Promise.all([...sent.slice(0, 5), other])
  expect(read.map(({ tasks }) => tasks.length)).toEqual([1, 1, 1, 1, 1, 1])
  expect((await parseInWorker(todo(), options)).tasks).toHaveLength(1)
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
  await expect.poll(() => begun).toEqual(['a', 'b'])
  gates.get('b')!.reject(new Error('broken'))
  await expect(all[1]).rejects.toThrow('broken')
  expect(begun).toEqual(['a', 'b', 'c'])
  gates.get('a')!.resolve('done')
  expect(await all[0]).toBe('done')
  expect(begun).toEqual(['a', 'b', 'c', 'd'])
  for (const user of ['c', 'd']) gates.get(user)!.resolve(user)
  expect(await Promise.all(all.slice(2))).toEqual(['c', 'd'])
})
