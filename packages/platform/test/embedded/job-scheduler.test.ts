import { EmbeddedJobScheduler } from '@todo/platform/embedded/job-scheduler'
import { jobSchedulerConformance } from '@todo/platform/testing/job-scheduler-conformance'
import { createPlatformDatabase, silent } from './platform-database.ts'

jobSchedulerConformance('the embedded job scheduler', async () => {
  const { pool, close } = await createPlatformDatabase()
  return { open: () => Promise.resolve(new EmbeddedJobScheduler({ pool, log: silent })), close }
})
