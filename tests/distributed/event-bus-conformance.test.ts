import { afterAll } from 'vitest'
import { DaprEventBus } from '@todo/platform/dapr/event-bus'
import { eventBusConformance } from '@todo/platform/testing/event-bus-conformance'
import type { KeptDeadLetter } from '@todo/platform/testing/event-bus-conformance'
import { openHouse, silent } from './support/house.ts'
import type { House } from './support/house.ts'
import { ManyAppsBus } from './support/many-apps-bus.ts'
import { SidecarApp } from './support/sidecar-app.ts'

const ATTEMPTS = 3

let rounds = 0
let publishing: Promise<{ house: House; app: SidecarApp; bus: DaprEventBus }> | null = null

/** One app that only publishes, for all tests. */
async function startPublisher() {
  const house = await openHouse()
  const app = await SidecarApp.create({ house, appId: 'publisher' })
  await app.start()
  return { house, app, bus: new DaprEventBus({ client: app.client, service: 'backend', log: silent }) }
}

afterAll(async () => {
  const publisher = await publishing
  await publisher?.app.stop()
  await publisher?.house.close()
})

eventBusConformance('the bus behind Dapr, on Kafka', async () => {
  publishing ??= startPublisher()
  const { bus: publisher } = await publishing
  const house = await openHouse()
  rounds += 1
  const round = String(rounds)
  return {
    attempts: ATTEMPTS,
    open: () => Promise.resolve(new ManyAppsBus({ house, round, attempts: ATTEMPTS, publisher })),
    deadLetters: async () => {
      const { rows } = await house.database.database.pool.query<KeptDeadLetter>(
        `select consumer, event_id as "eventId", attempts, error from platform.dead_letter`,
      )
      return rows
    },
    close: house.close,
  }
})
