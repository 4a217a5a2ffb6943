import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createTestDatabase } from '@todo/platform/testing/test-database'
import { failToStart, makeDataFolder, runApp } from './support/run-app.ts'
import { fillDisk, smallDisk } from './support/small-disk.ts'

const run = promisify(execFile)

async function listen(): Promise<number> {
  const server = createServer(() => undefined).listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return (server.address() as AddressInfo).port
}

async function testDatabase(): Promise<string> {
  const { url, close } = await createTestDatabase()
  onTestFinished(close)
  return url
}

describe('what keeps it from starting is one line, and a failure', () => {
  test('another one on the same data folder, or on the same database', async () => {
    const DATA_DIR = await makeDataFolder()
    const DATABASE_URL = await testDatabase()
    const first = runApp({ DATA_DIR, DATABASE_URL })
    await first.url()
    expect(await failToStart({ DATA_DIR })).toEqual({
      code: 1,
      line: `Todo Cloud already runs on ${DATA_DIR} (process ${first.child.pid}): stop it, or set DATA_DIR and PORT for a second one.`,
    })
    expect(await failToStart({ DATA_DIR: await makeDataFolder(), DATABASE_URL })).toEqual({
      code: 1,
      line: 'Another Todo Cloud already runs on this database (DATABASE_URL): stop it, or use another database.',
    })
  })

  test('a port that is taken', async () => {
    const port = await listen()
    const env = { DATA_DIR: await makeDataFolder(), DATABASE_URL: await testDatabase(), PORT: String(port) }
    expect(await failToStart(env)).toEqual({
      code: 1,
      line: `Port ${port} of 127.0.0.1 is taken by another program: stop that, or start with PORT=${port + 1}.`,
    })
  })

  test('an address that is not of this machine', { tags: ['slow'] }, async () => {
    const env = { DATA_DIR: await makeDataFolder(), DATABASE_URL: await testDatabase(), HOST: '192.0.2.1' }
    expect(await failToStart(env)).toEqual({
      code: 1,
      line: '192.0.2.1 is not an address of this machine: correct HOST.',
    })
  })

  test('wrong settings, all of them at once, before anything is made', async () => {
    const DATA_DIR = join(await makeDataFolder(), 'not-made')
    const { line, code } = await failToStart({
      DATA_DIR,
      PORT: 'many',
      LOG_LEVEL: 'loud',
      PUBLIC_URL: 'http://localhost:4721/todo',
      TRUST_PROXY: 'yes',
      SMTP_URL: 'mail.example.org',
      AUTH_SECRET: 'short',
    })
    expect(code).toBe(1)
    expect(line.split('\n')).toEqual([
      'The configuration has problems:',
      expect.stringMatching(/^ {2}PORT: must be a port number/),
      expect.stringMatching(/^ {2}PUBLIC_URL: must be an address without a path/),
      expect.stringMatching(/^ {2}TRUST_PROXY: must be false, the number/),
      expect.stringMatching(/^ {2}LOG_LEVEL: must be one of trace, debug/),
      expect.stringMatching(/^ {2}AUTH_SECRET: must be at least 32 characters/),
      expect.stringMatching(/^ {2}SMTP_URL: must be a URL such as smtp:/),
    ])
    await expect(readdir(DATA_DIR)).rejects.toThrow('ENOENT')
  })

  test('a database that is not there, has another password or another name', async () => {
    const DATABASE_URL = await testDatabase()
    const to = async (change: Partial<URL>) => {
      const url = Object.assign(new URL(DATABASE_URL), change)
      const { line, code } = await failToStart({ DATA_DIR: await makeDataFolder(), DATABASE_URL: url.href })
      expect(code).toBe(1)
      expect(line).not.toContain('secret')
      return line.replace(/^The database \S+ /, '')
    }
    expect(await to({ port: '1' })).toBe('cannot be reached, nothing listens there: start it, or correct DATABASE_URL.')
    expect(await to({ password: 'secret' })).toBe('refuses the password: correct it in DATABASE_URL.')
    expect(await to({ pathname: '/elsewhere' })).toBe(
      'has no database of that name: create it, or correct DATABASE_URL.',
    )
    expect(await to({ host: 'nowhere.invalid' })).toBe('cannot be found by that name: correct DATABASE_URL.')
  })

  test('a database whose user may make nothing in it', { tags: ['slow'] }, async () => {
    const url = new URL(await testDatabase())
    const role = `reader_${randomUUID().replaceAll('-', '')}`
    const client = new pg.Client(url.href)
    await client.connect()
    onTestFinished(async () => {
      await client.query(`drop role ${role}`)
      await client.end()
    })
    await client.query(`create role ${role} login password 'secret'`)
    const reader = Object.assign(new URL(url), { username: role, password: 'secret' })
    expect(await failToStart({ DATA_DIR: await makeDataFolder(), DATABASE_URL: reader.href })).toEqual({
      code: 1,
      line: `The database ${url.host}${url.pathname} does not let this user make schemas, tables and extensions: give it the right to.`,
    })
  })

  test('a database that does not answer, after ten seconds at most', { tags: ['slow'] }, async () => {
    const DATABASE_URL = `postgres://user:secret@127.0.0.1:${await listen()}/todo`
    const startedAt = Date.now()
    const { line, code } = await failToStart({ DATA_DIR: await makeDataFolder(), DATABASE_URL })
    expect(Date.now() - startedAt).toBeLessThan(10_000)
    expect(code).toBe(1)
    expect(line).toMatch(/^The database 127\.0\.0\.1:\d+\/todo cannot be used \(.*timeout.*\): check DATABASE_URL\.$/)
  })

  test('a database of a newer version', { tags: ['slow'] }, async () => {
    const { url, database, close } = await createTestDatabase()
    onTestFinished(close)
    await database.pool.query(`create schema platform; create table platform.migration (
      owner text not null, file text not null, applied_at timestamptz not null default now(), breaks text, primary key (owner, file));
      insert into platform.migration (owner, file, breaks)
      values ('platform', '0999-of-the-future.sql', '0001-state-and-dead-letters.sql')`)
    const { line, code } = await failToStart({ DATA_DIR: await makeDataFolder(), DATABASE_URL: url })
    expect(code).toBe(1)
    expect(line).toMatch(/migrated by 0999-of-the-future\.sql, .*\. Start a newer version\.$/)
    expect(line).not.toContain('\n')
  })

  test('a data folder that is a file', { tags: ['slow'] }, async () => {
    const file = join(await makeDataFolder(), 'file')
    await writeFile(file, '')
    expect(await failToStart({ DATA_DIR: file })).toEqual({
      code: 1,
      line: `${file} is not a folder: set DATA_DIR to one.`,
    })
  })

  test('a data folder where nobody can make one', { tags: ['slow'] }, async ({ skip }) => {
    if (process.platform !== 'linux') return skip('only Linux has /proc')
    expect(await failToStart({ DATA_DIR: '/proc/todo-cloud/data' })).toEqual({
      code: 1,
      line: '/proc/todo-cloud/data cannot be written: allow it, or set DATA_DIR to another folder.',
    })
  })

  test('a folder of the web app that has none', { tags: ['slow'] }, async () => {
    const WEB_ROOT = await makeDataFolder()
    const { code, line } = await failToStart({ DATA_DIR: await makeDataFolder(), WEB_ROOT })
    expect(code).toBe(1)
    expect(line).toMatch(/WEB_ROOT.*must be the folder of the built web app/)
  })

  test('damaged secrets', { tags: ['slow'] }, async () => {
    const DATA_DIR = await makeDataFolder()
    await writeFile(join(DATA_DIR, 'secrets.json'), '{"AUTH_SECRET":')
    const { line, code } = await failToStart({ DATA_DIR })
    expect(code).toBe(1)
    expect(line).toMatch(/secrets\.json is damaged: bring it back from a backup\./)
  })

  test.for(['1m', '30m'])('a full disk of %s', async (size, { skip }) => {
    const disk = await smallDisk(size)
    if (!disk) return skip('only root may make a small disk')
    if (size === '1m') await writeFile(join(disk, 'full'), Buffer.alloc(1024 * 1024))
    const DATA_DIR = join(disk, 'data')
    expect(await failToStart({ DATA_DIR })).toEqual({
      code: 1,
      line: `The disk of ${DATA_DIR} is full: free some space and start again.`,
    })
  })

  test('a disk that has been filled, but for one page', { tags: ['slow'] }, async ({ skip }) => {
    const disk = await smallDisk('140m')
    if (!disk) return skip('only root may make a small disk')
    const DATA_DIR = join(disk, 'data')
    const app = runApp({ DATA_DIR })
    await app.url()
    app.child.kill('SIGINT')
    await app.ended
    for (const log of ['postgres.log', 'postgres.log.old']) await rm(join(DATA_DIR, log), { force: true })
    await fillDisk(disk, 4096)
    for (let start = 0; start < 2; start += 1) {
      expect(await failToStart({ DATA_DIR })).toEqual({
        code: 1,
        line: `The disk of ${DATA_DIR} is full: free some space and start again.`,
      })
    }
  })

  test('a data folder that may not be written', { tags: ['slow'] }, async ({ skip }) => {
    const disk = join(await makeDataFolder(), 'disk')
    await mkdir(disk)
    const mounted = await run('mount', ['-t', 'tmpfs', '-o', 'ro', 'tmpfs', disk]).catch(() => null)
    if (!mounted) return skip('only root may make a disk that cannot be written')
    onTestFinished(async () => {
      await run('umount', [disk])
    })
    const DATA_DIR = join(disk, 'data')
    expect(await failToStart({ DATA_DIR })).toEqual({
      code: 1,
      line: `${DATA_DIR} cannot be written: allow it, or set DATA_DIR to another folder.`,
    })
  })
})

test('--help lists every setting with its default', async () => {
  const app = runApp({}, '--help')
  expect(await app.ended).toBe(0)
  expect(app.said()).toMatch(/^ {2}PORT {2,}\S.* \[3000\]$/m)
  for (const name of ['HOST', 'DATA_DIR', 'DATABASE_URL', 'PUBLIC_URL', 'SMTP_URL', 'MAIL_FROM', 'AUTH_SECRET']) {
    expect(app.said()).toMatch(new RegExp(`^  ${name} {2,}\\S`, 'm'))
  }
})
