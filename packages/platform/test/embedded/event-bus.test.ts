import { EmbeddedEventBus } from '@todo/platform/embedded/event-bus'
import { eventBusConformance } from '@todo/platform/testing/event-bus-conformance'
import type { KeptDeadLetter } from '@todo/platform/testing/event-bus-conformance'
import { createPlatformDatabase, silent } from './platform-database.ts'

const retry = { attempts: 3, firstDelayMs: 20, maxDelayMs: 100 }

eventBusConformance('the embedded event bus', async () => {
  const { pool, close } = await createPlatformDatabase()
  return {
    attempts: retry.attempts,
    open: () => Promise.resolve(new EmbeddedEventBus({ pool, log: silent, retry })),
    deadLetters: async () => {
      const { rows } = await pool.query<KeptDeadLetter>(
        `select consumer, event_id as "eventId", attempts, error from platform.dead_letter`,
      )
      return rows
    },
    close,
  }
})
