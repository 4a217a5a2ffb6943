import { afterAll, beforeAll } from 'vitest'
import { DaprStateStore } from '@todo/platform/dapr/state-store'
import { stateStoreConformance } from '@todo/platform/testing/state-store-conformance'
import { everyoneMayUse, openHouse } from './support/house.ts'
import type { House } from './support/house.ts'
import { SidecarApp } from './support/sidecar-app.ts'

let house: House
let notification: SidecarApp
let realtime: SidecarApp

beforeAll(async () => {
  house = await openHouse()
  await everyoneMayUse(house, 'state')
  notification = await SidecarApp.create({ house, appId: 'notification' })
  realtime = await SidecarApp.create({ house, appId: 'realtime' })
  // Two that come first at the same time both make the table, and one of them fails.
  await notification.start()
  await realtime.start()
})

afterAll(async () => {
  await Promise.all([notification.stop(), realtime.stop()])
  await house.close()
})

stateStoreConformance('the state store behind Dapr, on PostgreSQL', () =>
  Promise.resolve({
    open: (service) => new DaprStateStore((service === 'realtime' ? realtime : notification).client),
    close: async () => void (await house.database.database.pool.query('truncate dapr_state')),
  }),
)
