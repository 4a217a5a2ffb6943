// @module-tag slow
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { keepDeadLetter } from '@todo/platform/dead-letter-table'
import { migrate } from '@todo/platform/migrate'
import { PLATFORM_MIGRATIONS } from '@todo/platform/platform-tables'
import { createLog } from '@todo/platform/log'
import { pollUntil } from '@todo/platform/testing/poll-until'
import { accountDeleted } from '@todo/platform/testing/sample-events'
import { createTestDatabase } from '@todo/platform/testing/test-database'
import type { TestDatabase } from '@todo/platform/testing/test-database'
import { backendService } from '../src/service.ts'

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url))
const { NODE_COMPILE_CACHE } = process.env
const run = promisify(execFile)
const log = createLog('test', 'silent')
const SETS = [PLATFORM_MIGRATIONS, { owner: 'backend', folder: backendService.migrations! }]

interface Outcome {
  code: number
  stdout: string
  stderr: string
}

/** `node backend/src/main.ts …` with nothing in its environment but what is given. */
function program(args: string[], env: Record<string, string> = {}): Promise<Outcome> {
  return run(process.execPath, [MAIN, ...args], { env: { NODE_COMPILE_CACHE, ...env } }).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (error: Outcome) => error,
  )
}

let db: TestDatabase
beforeAll(async () => void (db = await createTestDatabase()))
afterAll(() => db.close())

test('the migrate command rehearses, applies and then has nothing to do, with the address of the database alone', async () => {
  const env = { DATABASE_URL: db.url }
  const files = (await readdir(backendService.migrations!)).toSorted().map((file) => `backend/${file}`)
  const all = ['platform/0001-state-and-dead-letters.sql', ...files]
  const told = (what: string) => all.map((file) => `${file}: ${what}\n`).join('')
  expect(await program(['migrate', '--dry-run'], env)).toEqual({
    code: 0,
    stdout: told('would be applied'),
    stderr: '',
  })
  expect(await program(['migrate'], env)).toEqual({ code: 0, stdout: told('applied'), stderr: '' })
  const nothing = 'platform: nothing to do\nbackend: nothing to do\n'
  for (const args of [['migrate'], ['migrate', '--dry-run']])
    expect(await program(args, env)).toEqual({ code: 0, stdout: nothing, stderr: '' })
})

test('a command that cannot do its work ends with 1 and a line that says why', async () => {
  const failure = async (args: string[], env?: Record<string, string>) => {
    const { code, stdout, stderr } = await program(args, env)
    return [code, stdout, stderr]
  }
  const unreachable = 'postgres://nobody@127.0.0.1:1/nothing'
  expect(await failure(['migrate'], { DATABASE_URL: unreachable })).toEqual([
    1,
    '',
    'backend: DATABASE_URL: the database cannot be reached: connect ECONNREFUSED 127.0.0.1:1\n',
  ])
  // The test's own server has no certificate: it is not spoken to in the clear.
  expect(await failure(['migrate'], { DATABASE_URL: `${db.url}?sslmode=require` })).toEqual([
    1,
    '',
    'backend: DATABASE_URL: the database cannot be reached: The server does not support SSL connections\n',
  ])
  const [, , missing] = await failure(['migrate', '--dry-run'])
  expect(missing).toMatch(/^backend: The configuration has a problem: DATABASE_URL: is needed: [^\n]+\n$/)
  for (const args of [['bogus'], ['migrate', '--fast'], ['migrate', 'now']]) {
    const [code, said, complained] = await failure(args)
    expect([code, said]).toEqual([1, ''])
    expect(complained).toContain(`main.ts migrate --dry-run`)
  }
})

test('the dead letters are looked after beside the service, and the help has the words that were typed', async () => {
  const own = await createTestDatabase()
  onTestFinished(own.close)
  await migrate({ pool: own.database.pool, log }, PLATFORM_MIGRATIONS)
  const event = accountDeleted()
  await keepDeadLetter(own.database.pool, {
    consumer: 'audit',
    topic: 'task-events',
    event,
    error: 'ill',
    attempts: 20,
  })
  const asked: unknown[] = []
  const sidecar = createServer((request, response) => {
    asked.push([request.url, request.headers['dapr-api-token']])
    response.setHeader('content-type', 'application/json').end('{"handled":true}')
  }).listen(0, '127.0.0.1')
  await once(sidecar, 'listening')
  onTestFinished(async () => void sidecar.close())
  const env = {
    DATABASE_URL: own.url,
    DAPR_HTTP_PORT: String((sidecar.address() as AddressInfo).port),
    DAPR_API_TOKEN: 'shown-to-the-sidecar',
  }
  const letters = (...args: string[]) => program(['deadletters', ...args], env)
  expect((await letters()).stdout).toContain(`${event.id} of ${event.subject}: ill (20 tries)`)
  expect((await letters('show', '1')).stdout).toContain(event.data.userId)
  expect(await letters('replay', 'audit')).toMatchObject({ code: 0, stdout: 'Delivered again: 1\n' })
  expect(asked).toEqual([['/v1.0/invoke/audit/method/dapr/replay/task-events', 'shown-to-the-sidecar']])
  expect(await letters('drop', 'all')).toMatchObject({ code: 0, stdout: 'Thrown away: 0\n' })
  const { code, stderr } = await letters('burn', 'all')
  expect(code).toBe(1)
  expect(stderr).toContain('main.ts deadletters replay <which>')
})

test('a service that awaits its migrations does not make them, starts when they are there, and ends when it is told to', async () => {
  const own = await createTestDatabase()
  onTestFinished(own.close)
  const word = 'a word of at least thirty-two characters'
  const env = {
    NODE_COMPILE_CACHE,
    DATABASE_URL: own.url,
    MIGRATIONS: 'await',
    APP_PORT: '0',
    DAPR_HTTP_PORT: '1',
    DAPR_API_TOKEN: word,
    APP_API_TOKEN: word,
    PUBLIC_URL: 'http://localhost:3000',
    AUTH_SECRET: word,
    STREAM_SECRET: word,
    CHANNEL_SECRET: word,
  }
  const start = () => {
    const child = spawn(process.execPath, [MAIN], { env, stdio: ['ignore', 'pipe', 'inherit'] })
    const ended = once(child, 'exit').then(([code]) => code as number | null)
    onTestFinished(async () => {
      child.kill('SIGKILL')
      await ended
    })
    let said = ''
    child.stdout.on('data', (data: Buffer) => (said += data.toString()))
    const says = (words: string) => pollUntil(() => said.includes(words), { timeoutMs: 20_000, what: words })
    return { child, ended, says }
  }
  const unwanted = start()
  await unwanted.says('waiting for migrations')
  unwanted.child.kill('SIGTERM')
  expect(await unwanted.ended).toBe(0)
  const { rows } = await own.database.pool.query(`select to_regnamespace('platform') as schema`)
  expect(rows).toEqual([{ schema: null }])

  const wanted = start()
  await wanted.says('waiting for migrations')
  for (const set of SETS) await migrate({ pool: own.database.pool, log }, set)
  await wanted.says('Server listening')
  wanted.child.kill('SIGTERM')
  expect(await wanted.ended).toBe(0)
})
