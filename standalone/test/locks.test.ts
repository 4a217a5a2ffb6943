import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createLog } from '@todo/platform/log'
import { endLeftoverServer } from '@todo/platform/postgres/pid-file'
import { pollUntil } from '@todo/platform/testing/poll-until'
import { createTestDatabase } from '@todo/platform/testing/test-database'
import { lockDatabase } from '../src/database-lock.ts'
import { lockDataFolder } from '../src/instance-lock.ts'
import { makeDataFolder } from './support/run-app.ts'

const log = createLog('test', 'silent')

describe('the lock of a data folder', () => {
  test('is free again when it was let go, and leaves nothing but its guard', async () => {
    const folder = await makeDataFolder()
    const release = await lockDataFolder(folder)
    expect(await readdir(folder)).toEqual(['instance.lock', 'instance.lock.guard'])
    await release()
    expect(await readdir(folder)).toEqual(['instance.lock.guard'])
  })

  test.for([
    ['a process that is gone', { pid: 2 ** 22 + 1, startedAt: 'then' }],
    ['another program that has got the process id since', { pid: process.ppid, startedAt: 'then' }],
  ] as const)('is taken over from %s', async ([, holder]) => {
    const folder = await makeDataFolder()
    await writeFile(join(folder, 'instance.lock'), JSON.stringify(holder))
    const release = await lockDataFolder(folder)
    expect(await readFile(join(folder, 'instance.lock'), 'utf8')).toContain(`"pid":${process.pid}`)
    await release()
  })

  test('is taken over when it was cut short', async () => {
    const folder = await makeDataFolder()
    await writeFile(join(folder, 'instance.lock'), '')
    const release = await lockDataFolder(folder)
    expect(await readFile(join(folder, 'instance.lock'), 'utf8')).toContain(`"pid":${process.pid}`)
    await release()
  })
})

describe('the lock of a database', () => {
  const cutEveryConnection = (client: pg.Client) =>
    client.query(`select pg_terminate_backend(pid) from pg_stat_activity
                  where datname = current_database() and pid <> pg_backend_pid()`)

  async function database(): Promise<{ url: string; client: pg.Client }> {
    const { url, close } = await createTestDatabase()
    const client = new pg.Client(url)
    client.on('error', () => undefined)
    await client.connect()
    onTestFinished(async () => {
      await client.end()
      await close()
    })
    return { url, client }
  }

  const locks = `select count(*)::int as held from pg_locks where locktype = 'advisory'
                 and database = (select oid from pg_database where datname = current_database())`

  test('is taken again when the connection was lost', async () => {
    const { url, client } = await database()
    let isLost = false
    const lock = await lockDatabase({ url, log, onLost: () => (isLost = true) })
    await cutEveryConnection(client)
    await pollUntil(async () => (await client.query<{ held: number }>(locks)).rows[0]?.held === 1)
    expect(isLost).toBe(false)
    await lock.release()
    await pollUntil(async () => (await client.query<{ held: number }>(locks)).rows[0]?.held === 0)
  })

  test('ends this process when another one was faster', async () => {
    const { url, client } = await database()
    let isLost = false
    const lock = await lockDatabase({ url, log, onLost: () => (isLost = true) })
    await cutEveryConnection(client)
    const faster = await lockDatabase({ url, log, onLost: () => undefined })
    await pollUntil(() => isLost)
    await faster.release()
    await lock.release()
  })

  test('is not taken again after it was let go', async () => {
    const { url, client } = await database()
    const lock = await lockDatabase({ url, log, onLost: () => undefined })
    await lock.release()
    await delay(700)
    expect((await client.query<{ held: number }>(locks)).rows[0]?.held).toBe(0)
  })
})

test("a server's traces that name another program do not end that program", async () => {
  const folder = await makeDataFolder()
  await writeFile(join(folder, 'postmaster.pid'), `${process.ppid}\n${folder}\n`)
  await endLeftoverServer(folder)
  expect(await readdir(folder)).toEqual([])
  expect(() => process.kill(process.ppid, 0)).not.toThrow()
})
