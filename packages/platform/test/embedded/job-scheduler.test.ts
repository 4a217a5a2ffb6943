import { expect, test } from 'vitest'
import { EmbeddedJobScheduler } from '@todo/platform/embedded/job-scheduler'
import { pollUntil } from '@todo/platform/testing/poll-until'
import { jobSchedulerConformance } from '@todo/platform/testing/job-scheduler-conformance'
import { createPlatformDatabase, silent } from './platform-database.ts'

jobSchedulerConformance('the embedded job scheduler', async () => {
  const { pool, close } = await createPlatformDatabase()
  return { open: () => Promise.resolve(new EmbeddedJobScheduler({ pool, log: silent })), close }
})

test('a job that has failed for long is still tried once a minute, and without an end', async () => {
  const { pool, close } = await createPlatformDatabase()
  const scheduler = new EmbeddedJobScheduler({ pool, log: silent })
  let tries = 0
  scheduler.handle('backend', 'remind', () => {
    tries += 1
    return Promise.reject(new Error('never'))
  })
  await scheduler.schedule('backend', { name: 'stubborn', kind: 'remind', at: new Date(), data: {} })
  await pool.query(`select graphile_worker.reschedule_jobs(array(select id from graphile_worker.jobs), attempts => 20)`)
  await scheduler.start()
  const { rows } = await pollUntil(async () => {
    const result = await pool.query<{ waits: number; attempts: number }>(
      `select extract(epoch from run_at - clock_timestamp())::float8 as waits, attempts from graphile_worker.jobs
       where locked_at is null and attempts < 20`,
    )
    return tries === 1 && result.rows.length === 1 && result
  })
  expect(rows[0]?.waits).toBeGreaterThan(50)
  expect(rows[0]?.waits).toBeLessThanOrEqual(60)
  await scheduler.stop()
  await close()
})
