import { expect, test } from 'vitest'
import { EmbeddedStateStore, startStateCleanup } from '@todo/platform/embedded/state-store'
import { pollUntil } from '@todo/platform/testing/poll-until'
import { stateStoreConformance } from '@todo/platform/testing/state-store-conformance'
import { createPlatformDatabase, silent } from './platform-database.ts'

stateStoreConformance('the embedded state store', async () => {
  const { pool, close } = await createPlatformDatabase()
  return { open: (service) => new EmbeddedStateStore(pool, service), close }
})

test('expired entries are removed, the others stay', async () => {
  const { pool, close } = await createPlatformDatabase()
  const store = new EmbeddedStateStore(pool, 'notification')
  await store.set('short', 1, { ttlSeconds: 1 })
  await store.set('long', 1, { ttlSeconds: 3_600 })
  await store.set('for ever', 1)
  const stopCleanup = startStateCleanup(pool, silent, 50)
  const { rows } = await pollUntil(async () => {
    const result = await pool.query<{ key: string }>('select key from platform.state order by key')
    return result.rows.length === 2 && result
  })
  stopCleanup()
  expect(rows.map(({ key }) => key)).toEqual(['for ever', 'long'])
  await close()
})
