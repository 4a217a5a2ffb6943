import { expect, onTestFinished, test } from 'vitest'
import { identify, isRunning } from '@todo/platform/process-identity'
import { pollUntil } from '@todo/platform/testing/poll-until'
import type { RunningProcess } from '../src/child.ts'
import { restartDelayMs, SupervisedPart } from '../src/supervised-part.ts'
import { PATIENT, tinyProcess } from './support/tiny-process.ts'

interface Watched {
  part: SupervisedPart
  starts: RunningProcess[]
  reports: string[]
  delays: number[]
}

/** @param before what happens in place of a start, by its number */
function supervised(before: (start: number) => Promise<void> = () => Promise.resolve(), delayMs = 1): Watched {
  const watched = { starts: [] as RunningProcess[], reports: [] as string[], delays: [] as number[] }
  let number = 0
  const start = async (onSpawn: (pid: number) => void) => {
    number += 1
    await before(number)
    const child = await tinyProcess(PATIENT, { onSpawn })
    watched.starts.push(child)
    return child
  }
  const options = {
    report: (line: string) => watched.reports.push(line),
    delayMs: (failures: number) => {
      watched.delays.push(failures)
      return delayMs
    },
  }
  const part = new SupervisedPart({ name: 'kafka', start }, options)
  onTestFinished(() => part.stop())
  return { ...watched, part }
}

test('the time before the next start doubles, up to half a minute', () => {
  expect([1, 2, 3, 6, 7, 8, 100].map(restartDelayMs)).toEqual([500, 1_000, 2_000, 16_000, 30_000, 30_000, 30_000])
})

test('what dies is started again, and both is told', async () => {
  const { part, starts, reports } = supervised()
  await part.started
  expect(part.pid).toBe(starts[0]?.pid)
  starts[0]?.kill('SIGKILL')
  await pollUntil(() => starts.length === 2 && part.pid === starts[1]?.pid)
  await pollUntil(() => reports.length === 2)
  expect(reports).toEqual([
    'kafka was killed; starting it again in 0.001 s',
    `kafka runs again (process ${starts[1]?.pid})`,
  ])
})

test('a restart that fails is tried again, later and later', async () => {
  const { part, starts, reports, delays } = supervised((number) =>
    number === 2 || number === 3 ? Promise.reject(new Error('the port is taken')) : Promise.resolve(),
  )
  await part.started
  starts[0]?.kill('SIGKILL')
  await pollUntil(() => starts.length === 2)
  expect(delays).toEqual([1, 2, 3])
  expect(reports[1]).toContain('kafka did not come up: the port is taken')
})

test('a first start that fails is told to who waits for it, and nothing is started again', async () => {
  const { part, starts, reports } = supervised(() => Promise.reject(new Error('no Java')))
  await expect(part.started).rejects.toThrow('no Java')
  await part.stop()
  expect([starts, reports]).toEqual([[], []])
})

test('what is stopped is not started again', async () => {
  const { part, starts, reports } = supervised()
  await part.started
  await part.stop()
  const ended = starts[0] ? await identify(starts[0].pid) : null
  expect(ended && (await isRunning(ended))).toBe(false)
  expect([starts.length, reports]).toEqual([1, []])
})

test('it can be stopped while it waits for the next start', async () => {
  const { part, starts, reports } = supervised(undefined, 60_000)
  await part.started
  starts[0]?.kill('SIGKILL')
  await pollUntil(() => reports.length === 1)
  await part.stop()
  expect(starts).toHaveLength(1)
})

test('it can be stopped while it starts, and leaves no process', async () => {
  const { promise: waiting, resolve: goOn } = Promise.withResolvers<void>()
  const { part, starts } = supervised(() => waiting)
  const stopping = part.stop()
  goOn()
  await stopping
  await part.started.catch(() => undefined)
  for (const { pid } of starts) {
    const process = await identify(pid)
    await pollUntil(async () => !(await isRunning(process)))
  }
  expect(starts).toHaveLength(1)
})
