import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { startDapr } from '@todo/platform/dapr/run'
import { createLog } from '@todo/platform/log'
import { migrate } from '@todo/platform/migrate'
import { on } from '@todo/platform/service'
import type { AnyService, Deps, Runtime, Service } from '@todo/platform/service'
import { accountDeleted } from '@todo/platform/testing/sample-events'
import { createTestDatabase } from '@todo/platform/testing/test-database'
import { startFakeSidecar, TOKENS } from './fake-sidecar.ts'
import type { FakeAnswer, SeenRequest } from './fake-sidecar.ts'

function service(prepare: (deps: Deps<any>) => Runtime, more: Partial<Service> = {}): AnyService {
  const config = z.object({ GREETING: z.string({ error: 'is needed: how to greet' }) })
  return { name: 'audit', config, prepare: (deps: Deps<any>) => Promise.resolve(prepare(deps)), ...more }
}

async function start(given: AnyService, env: Record<string, string> = {}, answer?: (r: SeenRequest) => FakeAnswer) {
  const { port, requests } = await startFakeSidecar(answer)
  const tokens = { DAPR_API_TOKEN: TOKENS.dapr, APP_API_TOKEN: TOKENS.app }
  const settings = { APP_PORT: '0', DAPR_HTTP_PORT: String(port), LOG_LEVEL: 'silent', GREETING: 'hello', ...tokens }
  const running = await startDapr(given, { ...settings, ...env })
  onTestFinished(() => running.stop())
  const ask = (path: string, headers: Record<string, string> = {}, body?: unknown) => {
    const json = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }
    const type: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' }
    return fetch(`http://127.0.0.1:${running.port}${path}`, { headers: { ...type, ...headers }, ...json })
  }
  return { ...running, requests, ask }
}

const WITH_TOKEN = { 'dapr-api-token': TOKENS.app }

test('a service runs beside its sidecar: events and jobs reach it, and what it says reaches the sidecar', async () => {
  const handled: string[] = []
  const app = await start(
    service(({ bus, config }) => ({
      events: [on('task-events', ['account.deleted'], async (event) => void handled.push(event.subject))],
      jobs: { greet: async ({ name }) => void handled.push(`${(config as { GREETING: string }).GREETING} ${name}`) },
      start: () => bus.publish([accountDeleted('told')]),
    })),
  )
  expect(app.requests.at(-1)?.body[0].event.subject).toBe('told')
  const subscriptions = (await (await app.ask('/dapr/subscribe', WITH_TOKEN)).json()) as { topic: string }[]
  expect(subscriptions.map(({ topic }) => topic)).toEqual(['task-events'])
  const message = { data_base64: Buffer.from(JSON.stringify(accountDeleted('heard'))).toString('base64') }
  expect(await (await app.ask('/events/task-events', WITH_TOKEN, message)).json()).toEqual({ status: 'SUCCESS' })
  expect((await app.ask('/job/one', WITH_TOKEN, { kind: 'greet', data: {} })).status).toBe(200)
  expect(handled).toEqual(['heard', 'hello one'])
})

test('nobody but its sidecar reaches a service that is not open, and anyone one that checks by itself', async () => {
  const routes: Runtime['routes'] = async (app) => {
    app.get('/internal/entries', () => ({ entries: [] }))
  }
  const closed = await start(service(() => ({ routes })))
  expect((await closed.ask('/internal/entries')).status).toBe(401)
  expect((await closed.ask('/internal/entries', WITH_TOKEN)).status).toBe(200)
  const open = await start(service(() => ({ routes }), { isOpen: true }))
  expect((await open.ask('/internal/entries')).status).toBe(200)
  for (const { ask } of [closed, open]) {
    for (const path of ['/livez', '/readyz', '/metrics']) expect((await ask(path)).status).toBe(200)
    for (const path of ['/dapr/subscribe', '/dapr/config']) expect((await ask(path)).status).toBe(401)
    expect((await ask('/dapr/replay/task-events', {}, accountDeleted())).status).toBe(401)
  }
})

test('it is ready without its sidecar, but not while it stops', async () => {
  const entered = Promise.withResolvers<void>()
  const finish = Promise.withResolvers<string>()
  const app = await start(
    service(() => ({
      routes: async (http) => {
        http.get('/slow', () => {
          entered.resolve()
          return finish.promise
        })
      },
    })),
    { DRAIN_MS: '300' },
    () => ({ status: 500 }),
  )
  expect(await (await app.ask('/readyz')).json()).toEqual({ status: 'ok', parts: {} })
  const slow = app.ask('/slow', WITH_TOKEN)
  await entered.promise
  const stopping = app.stop()
  const answer = await app.ask('/readyz')
  expect([answer.status, await answer.json()]).toEqual([503, { status: 'degraded', parts: { process: 'stopping' } }])
  finish.resolve('done')
  expect(await (await slow).text()).toBe('done')
  await stopping
  await expect(app.ask('/livez')).rejects.toThrow('fetch failed')
})

test(
  'a handler that hangs keeps no service from ending in twenty seconds, and its event is not taken for handled',
  { tags: ['slow'], timeout: 30_000 },
  async () => {
    const entered = Promise.withResolvers<void>()
    const hang = () => {
      entered.resolve()
      return new Promise<void>(() => {})
    }
    const events = [on('task-events', ['account.deleted'], hang)]
    const app = await start(
      service(() => ({ events })),
      { DRAIN_MS: '0' },
    )
    const message = { data_base64: Buffer.from(JSON.stringify(accountDeleted())).toString('base64') }
    const answer = app.ask('/events/task-events', WITH_TOKEN, message).catch((error: Error) => error.message)
    await entered.promise
    const startedAt = Date.now()
    await app.stop()
    expect(Date.now() - startedAt).toBeLessThan(20_000)
    expect(await answer).toBe('fetch failed')
  },
)

test('what the environment does not have comes out of the secrets of the store', async () => {
  const { url, close } = await createTestDatabase()
  onTestFinished(close)
  const migrations = new URL('../../migrations/', import.meta.url)
  const told: unknown[] = []
  const app = await start(
    service(
      ({ config }) => {
        told.push(config)
        return {}
      },
      { migrations },
    ),
    { SECRET_STORE: 'secrets', SECRET_NAME: 'database, words', GREETING: '' },
    ({ path }) => {
      if (path === '/v1.0/secrets/secrets/database') return { status: 200, body: { 'database-url': url } }
      if (path === '/v1.0/secrets/secrets/words') return { status: 200, body: { greeting: 'hello from afar' } }
      return { status: 204 }
    },
  )
  expect(told).toEqual([{ GREETING: 'hello from afar' }])
  expect(await (await app.ask('/readyz')).json()).toEqual({ status: 'ok', parts: { database: 'ok' } })
})

test('everything that is wrong with its settings is told at once', async () => {
  const env = { DAPR_API_TOKEN: TOKENS.dapr, APP_PORT: 'x' }
  const needsDatabase = service(() => ({}), { migrations: new URL('../../migrations/', import.meta.url) })
  const told = (await startDapr(needsDatabase, env).catch((error: Error) => error.message)) as string
  for (const name of ['APP_PORT', 'APP_API_TOKEN', 'DATABASE_URL', 'GREETING']) expect(told).toContain(`  ${name}: `)
})

test('a database that cannot be reached is told by the name of its setting', async () => {
  const { url, close } = await createTestDatabase()
  onTestFinished(close)
  const needsDatabase = service(() => ({}), { migrations: new URL('../../migrations/', import.meta.url) })
  const away = 'postgres://nobody@127.0.0.1:1/nothing'
  const why = 'the database cannot be reached: connect ECONNREFUSED 127.0.0.1:1'
  await expect(start(needsDatabase, { DATABASE_URL: away })).rejects.toThrow(`DATABASE_URL: ${why}`)
  const pooled = { DATABASE_URL: url, DATABASE_POOLED_URL: away }
  await expect(start(needsDatabase, pooled)).rejects.toThrow(`DATABASE_POOLED_URL: ${why}`)
})

test('a service opens as many connections as it is told, and awaits migrations if it is told', async () => {
  const { url, database, close } = await createTestDatabase()
  onTestFinished(close)
  let pool: Deps<object>['database']['pool'] | undefined
  const migrations = new URL('../../migrations/', import.meta.url)
  const needsDatabase = service((deps) => ({ start: async () => void (pool = deps.database.pool) }), { migrations })
  const starting = start(needsDatabase, { DATABASE_URL: url, DATABASE_CONNECTIONS: '7', MIGRATIONS: 'await' })
  await migrate({ pool: database.pool, log: createLog('test', 'silent') }, { owner: 'audit', folder: migrations })
  await starting
  expect(pool?.options.max).toBe(7)
})
