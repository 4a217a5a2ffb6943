import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Job, JobScheduler } from '../job-scheduler.ts'
import { pollUntil } from './poll-until.ts'

/** One scheduler backend of its own per test. */
export interface JobSchedulerHarness {
  /** A scheduler on that backend; another one, after the first was stopped, is the same app started again. */
  open: () => Promise<JobScheduler>
  close: () => Promise<void>
}

interface Run {
  name: string
  data: Record<string, unknown>
  at: number
}

const MAX_LATE_MS = 1_000

/** What every job scheduler promises (job-scheduler.ts), whatever keeps the time. */
export function jobSchedulerConformance(adapter: string, createHarness: () => Promise<JobSchedulerHarness>): void {
  describe(`${adapter} keeps the promises of a job scheduler`, () => {
    let harness: JobSchedulerHarness
    let scheduler: JobScheduler
    let runs: Run[]

    beforeEach(async () => {
      harness = await createHarness()
      scheduler = await harness.open()
      runs = []
    })

    afterEach(async () => {
      await scheduler.stop()
      await harness.close()
    })

    const record = ({ name, data }: Pick<Job, 'name' | 'data'>) => {
      runs.push({ name, data, at: Date.now() })
      return Promise.resolve()
    }
    const job = (name: string, at: number, data: Job['data'] = {}): Job => ({
      name,
      kind: 'remind',
      at: new Date(at),
      data,
    })

    test('a job runs once, with its data, not early and at most a second late', async () => {
      scheduler.handle('backend', 'remind', record)
      await scheduler.start()
      const times = [700, 1_250, 1_900].map((ms) => Date.now() + ms)
      for (const [index, at] of times.entries()) await scheduler.schedule('backend', job(`r.${index}`, at, { index }))
      await pollUntil(() => runs.length === 3)
      for (const { data, at } of runs) {
        const lateMs = at - (times[data.index as number] ?? 0)
        expect(lateMs).toBeGreaterThanOrEqual(0)
        expect(lateMs).toBeLessThanOrEqual(MAX_LATE_MS)
      }
      await delay(300)
      expect(runs.map(({ name }) => name)).toEqual(['r.0', 'r.1', 'r.2'])
    })

    test('a job whose time has passed runs at once', async () => {
      scheduler.handle('backend', 'remind', record)
      await scheduler.start()
      const scheduledAt = Date.now()
      await scheduler.schedule('backend', job('late', scheduledAt - 60_000))
      await pollUntil(() => runs.length === 1)
      expect((runs[0]?.at ?? 0) - scheduledAt).toBeLessThanOrEqual(MAX_LATE_MS)
    })

    test('scheduling the same name again moves the job', async () => {
      scheduler.handle('backend', 'remind', record)
      await scheduler.start()
      const later = Date.now() + 1_200
      await scheduler.schedule('backend', job('moved', Date.now() + 400, { version: 1 }))
      await scheduler.schedule('backend', job('moved', later, { version: 2 }))
      await pollUntil(() => runs.length === 1)
      expect(runs[0]).toMatchObject({ name: 'moved', data: { version: 2 } })
      expect(runs[0]?.at).toBeGreaterThanOrEqual(later)
    })

    test('the same name of another service is another job', async () => {
      scheduler.handle('backend', 'remind', record)
      scheduler.handle('notification', 'remind', record)
      await scheduler.start()
      await scheduler.schedule('backend', job('same', Date.now(), { of: 'backend' }))
      await scheduler.schedule('notification', job('same', Date.now(), { of: 'notification' }))
      await pollUntil(() => runs.length === 2)
      expect(new Set(runs.map(({ data }) => data.of))).toEqual(new Set(['backend', 'notification']))
    })

    test('a cancelled job does not run, and cancelling what is not there is no error', async () => {
      scheduler.handle('backend', 'remind', record)
      await scheduler.start()
      await scheduler.schedule('backend', job('gone', Date.now() + 300))
      await scheduler.cancel('backend', 'gone')
      await scheduler.cancel('backend', 'never-was')
      await delay(1_400)
      expect(runs).toEqual([])
    })

    test('a job that failed is tried again', async () => {
      let tries = 0
      scheduler.handle('backend', 'remind', async (ran) => {
        tries += 1
        if (tries < 2) throw new Error('not yet')
        await record(ran)
      })
      await scheduler.start()
      await scheduler.schedule('backend', job('stubborn', Date.now(), { kept: true }))
      await pollUntil(() => runs.length === 1, { timeoutMs: 18_000 })
      expect(tries).toBe(2)
      expect(runs[0]).toMatchObject({ name: 'stubborn', data: { kept: true } })
    })

    test('a handler may schedule its own job anew', async () => {
      scheduler.handle('backend', 'remind', async (ran) => {
        await record(ran)
        if (runs.length === 1) await scheduler.schedule('backend', job('again', Date.now() + 200, { round: 2 }))
      })
      await scheduler.start()
      await scheduler.schedule('backend', job('again', Date.now(), { round: 1 }))
      await pollUntil(() => runs.length === 2)
      expect(runs.map(({ data }) => data.round)).toEqual([1, 2])
    })

    test('jobs that came due while the app was off run at its start, and stop waits for the running', async () => {
      const running = Promise.withResolvers<void>()
      scheduler.handle('backend', 'remind', async (ran) => {
        running.resolve()
        await delay(200)
        await record(ran)
      })
      await scheduler.start()
      await scheduler.schedule('backend', job('running', Date.now()))
      await scheduler.schedule('backend', job('off', Date.now() + 2_000))
      await running.promise
      await scheduler.stop()
      expect(runs.map(({ name }) => name)).toEqual(['running'])
      await delay(2_000)

      scheduler = await harness.open()
      scheduler.handle('backend', 'remind', record)
      await scheduler.start()
      const startedAt = Date.now()
      // The one that ended with the stop may come again: its end may not have been heard of any more.
      const off = await pollUntil(() => runs.find(({ name }) => name === 'off'))
      expect(off.at - startedAt).toBeLessThanOrEqual(MAX_LATE_MS)
    })
  })
}
