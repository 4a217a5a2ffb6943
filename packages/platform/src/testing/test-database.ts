import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import { openDatabase } from '../db.ts'
import type { Database } from '../db.ts'
import { createLog } from '../log.ts'
import type { TestPooler } from './pgbouncer.ts'

export interface TestDatabase {
  url: string
  database: Database
  /** Cuts every session in it and drops it. */
  close: () => Promise<void>
}

/**
 * A fresh, empty database of the test run's PostgreSQL.
 * @param pooler what needs no session goes through it
 */
export async function createTestDatabase(
  serverUrl: string = inject('postgresUrl'),
  pooler?: Pick<TestPooler, 'urlOf'>,
): Promise<TestDatabase> {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await asSuperuser(serverUrl, `create database ${name} strategy file_copy`)
  const url = new URL(name, serverUrl).href
  const database = openDatabase({ url, pooledUrl: pooler?.urlOf(url), name: 'test', log: createLog('test', 'silent') })
  const close = async () => {
    await database.close()
    await asSuperuser(serverUrl, `drop database if exists ${name} with (force)`)
  }
  return { url, database, close }
}

async function asSuperuser(serverUrl: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: new URL('postgres', serverUrl).href })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
