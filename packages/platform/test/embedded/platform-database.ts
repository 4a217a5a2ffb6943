import type pg from 'pg'
import { migratePlatform, openWorkerPool } from '@todo/platform/embedded/worker-pool'
import { createLog } from '@todo/platform/log'
import { createTestDatabase } from '@todo/platform/testing/test-database'

export const silent = createLog('test', 'silent')

/** A fresh database with the platform's tables, and the pool that the embedded adapters work with. */
export async function createPlatformDatabase(): Promise<{ url: string; pool: pg.Pool; close: () => Promise<void> }> {
  const { url, close } = await createTestDatabase()
  const pool = openWorkerPool(url, silent)
  await migratePlatform(pool, silent)
  return { url, pool, close: () => pool.end().then(close) }
}
