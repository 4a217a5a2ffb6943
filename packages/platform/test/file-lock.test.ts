import { fork } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { tryLock } from '../src/file-lock.ts'

const TAKER = fileURLToPath(new URL('lock-taker.ts', import.meta.url))

function startTaker(): ChildProcess {
  const taker = fork(TAKER, { execArgv: [] })
  onTestFinished(() => void taker.kill('SIGKILL'))
  return taker
}

async function lockFile(): Promise<{ folder: string; file: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'todo-cloud-lock-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  return { folder, file: join(folder, 'a.lock') }
}

/** Tells each of them something at the same moment, and answers what they say. */
async function tell(takers: ChildProcess[], text: string): Promise<unknown[]> {
  const answers = takers.map((taker) => once(taker, 'message'))
  for (const taker of takers) taker.send(text)
  return (await Promise.all(answers)).map(([answer]) => answer as unknown)
}

test('of many that find what a killed process left at the same moment, one takes it over', async () => {
  const { file } = await lockFile()
  const takers = Array.from({ length: 4 }, startTaker)
  await tell(takers, '')
  const holders: number[] = []
  for (let round = 0; round < 20; round += 1) {
    await writeFile(file, JSON.stringify({ pid: 2 ** 22 + 1, startedAt: 'then' }))
    holders.push((await tell(takers, file)).filter(Boolean).length)
    await tell(takers, '')
  }
  expect(holders).toEqual(holders.map(() => 1))
})

test('a process that is killed while it looks holds nobody up, and nothing but the guard is left', async () => {
  const { folder, file } = await lockFile()
  const taker = startTaker()
  await tell([taker], '')
  taker.send(file)
  taker.kill('SIGKILL')
  await once(taker, 'exit')
  const attempt = await tryLock(file)
  if (!('release' in attempt)) throw new Error('the lock is held by nobody')
  await attempt.release()
  expect(await readdir(folder)).toEqual(['a.lock.guard'])
})

test('who holds it is told to others', async () => {
  const { file } = await lockFile()
  const taker = startTaker()
  expect(await tell([taker], file)).toEqual([true])
  expect(await tryLock(file)).toEqual({ holder: taker.pid })
  await tell([taker], '')
  expect(await tryLock(file)).toHaveProperty('release')
})
