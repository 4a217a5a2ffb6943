import { jobSchedulerConformance } from '@todo/platform/testing/job-scheduler-conformance'
import { openHouse } from './support/house.ts'
import { ManyAppsScheduler } from './support/many-apps-scheduler.ts'

let rounds = 0

jobSchedulerConformance('the job scheduler behind Dapr', async () => {
  const house = await openHouse()
  rounds += 1
  const round = String(rounds)
  return { open: () => Promise.resolve(new ManyAppsScheduler(house, round)), close: house.close }
})
