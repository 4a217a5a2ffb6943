import { PassThrough } from 'node:stream'
import { Counter } from 'prom-client'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { startEmbedded } from '@todo/platform/embedded/runtime'
import type { EmbeddedApp } from '@todo/platform/embedded/runtime'
import { on } from '@todo/platform/service'
import type { AnyService, Deps, Runtime, Service } from '@todo/platform/service'
import { pollUntil } from '@todo/platform/testing/poll-until'
import { accountDeleted } from '@todo/platform/testing/sample-events'
import { createTestDatabase } from '@todo/platform/testing/test-database'
import type { TestDatabase } from '@todo/platform/testing/test-database'
import { silent } from './platform-database.ts'

let database: TestDatabase
const running: EmbeddedApp[] = []

beforeEach(async () => {
  database = await createTestDatabase()
})

afterEach(async () => {
  await Promise.all(running.splice(0).map((app) => app.stop()))
  await database.close()
})

async function start(services: AnyService[], env: Record<string, string> = {}): Promise<EmbeddedApp> {
  const listen = { host: '127.0.0.1', port: 0 }
  const app = await startEmbedded({ services, env, databaseUrl: database.url, logOf: () => silent, listen })
  running.push(app)
  return app
}

function service(name: Service['name'], prepare: (deps: Deps<object>) => Runtime, config = z.object({})): AnyService {
  return { name, config, prepare: (deps: Deps<object>) => Promise.resolve(prepare(deps)) }
}

const get = (app: EmbeddedApp, path: string) => fetch(`http://127.0.0.1:${app.port}${path}`)

describe('the services in one process', () => {
  test('an event of one reaches the other, a job its handler, and a call its route', async () => {
    const handled: string[] = []
    const app = await start([
      service('backend', ({ bus, scheduler, invoke }) => ({
        routes: async (http) => {
          http.get('/history', () => invoke.call('audit', { method: 'GET', path: '/entries' }))
        },
        jobs: { greet: ({ name }) => Promise.resolve(void handled.push(`job ${name}`)) },
        start: async () => {
          await bus.publish([accountDeleted()])
          await scheduler.schedule('backend', { name: 'hello', kind: 'greet', at: new Date(), data: {} })
        },
      })),
      service('audit', ({ state }) => ({
        routes: async (http) => {
          http.get('/entries', async () => ({ kept: (await state.get('last'))?.value ?? null }))
        },
        events: [
          on('task-events', ['account.deleted'], async (event) => {
            await state.set('last', event.type)
            handled.push('event')
          }),
        ],
      })),
    ])
    await pollUntil(() => handled.length === 2)
    expect(handled.sort()).toEqual(['event', 'job hello'])
    const answer = await get(app, '/history')
    expect(await answer.json()).toEqual({ status: 200, body: { kept: 'todo.account.deleted.v1' } })
  })

  test('the wrong settings of all services are told at once', async () => {
    const backend = service('backend', () => ({}), z.object({ AUTH_SECRET: z.string({ error: 'is needed' }) }))
    const audit = service('audit', () => ({}), z.object({ KEEP_DAYS: z.coerce.number({ error: 'must be a number' }) }))
    await expect(start([backend, audit], { KEEP_DAYS: 'many' })).rejects.toThrow(
      'The configuration has problems:\n  AUTH_SECRET: is needed\n  KEEP_DAYS: must be a number',
    )
  })

  test('readiness names the part that is not well', async () => {
    let problem: string | null = null
    const app = await start([service('backend', () => ({ health: () => Promise.resolve({ mail: problem }) }))])
    const well = await get(app, '/readyz')
    expect(well.status).toBe(200)
    expect(await well.json()).toEqual({
      status: 'ok',
      parts: { database: 'ok', 'event bus': 'ok', 'job scheduler': 'ok', 'backend: mail': 'ok' },
    })
    problem = 'the mail server refuses us'
    const ill = await get(app, '/readyz')
    expect(ill.status).toBe(503)
    expect(await ill.json()).toMatchObject({ status: 'degraded', parts: { 'backend: mail': problem, database: 'ok' } })
    expect((await get(app, '/livez')).status).toBe(200)
  })

  test('metrics of the same name from two services stand together, told apart by their service', async () => {
    const counting = (name: 'backend' | 'audit', by: number) =>
      service(name, ({ metrics }) => {
        new Counter({ name: 'todo_things_total', help: 'Things', registers: [metrics] }).inc(by)
        return {}
      })
    const app = await start([counting('backend', 1), counting('audit', 2)])
    const text = await (await get(app, '/metrics')).text()
    expect(text).toContain(
      '# HELP todo_things_total Things\n# TYPE todo_things_total counter\n' +
        'todo_things_total{service="backend"} 1\ntodo_things_total{service="audit"} 2\n',
    )
    expect(text).toMatch(/^process_cpu_seconds_total /m)
    expect(text).toContain('todo_dead_letters')
  })
})

describe('stopping', () => {
  test('lets a running request finish, and refuses new ones', async () => {
    const entered = Promise.withResolvers<void>()
    const finish = Promise.withResolvers<string>()
    const app = await start([
      service('backend', () => ({
        routes: async (http) => {
          http.get('/slow', () => {
            entered.resolve()
            return finish.promise
          })
        },
      })),
    ])
    const slow = get(app, '/slow')
    await entered.promise
    const stopping = app.stop()
    await expect(get(app, '/livez')).rejects.toThrow()
    finish.resolve('done')
    expect(await (await slow).text()).toBe('done')
    await stopping
  })

  test('ends live streams through the service that writes them', async () => {
    const live = new PassThrough()
    live.write('data: 1\n\n')
    const app = await start([
      service('backend', ({ invoke }) => ({
        routes: async (http) => {
          http.get('/stream', async (_request, reply) => {
            const { body } = await invoke.stream('realtime', { method: 'GET', path: '/live' })
            return reply.send(body)
          })
        },
      })),
      service('realtime', () => ({
        routes: async (http) => {
          http.get('/live', (_request, reply) => reply.send(live))
        },
        stop: async () => {
          live.end('bye\n\n')
        },
      })),
    ])
    const stream = await get(app, '/stream')
    const startedAt = Date.now()
    await app.stop()
    expect(await stream.text()).toBe('data: 1\n\nbye\n\n')
    expect(Date.now() - startedAt).toBeLessThan(2_000)
  })

  test('goes on after ten seconds at most, whatever hangs', { tags: ['slow'] }, async () => {
    const never = new Promise<never>(() => {})
    const app = await start([
      service('backend', ({ bus }) => ({
        routes: async (http) => {
          http.get('/hang', () => never)
        },
        start: () => bus.publish([accountDeleted()]),
        stop: () => never,
      })),
      service('audit', () => ({ events: [on('task-events', ['account.deleted'], () => never)], stop: () => never })),
    ])
    const hanging = get(app, '/hang').catch(() => 'cut')
    await pollUntil(async () => (await get(app, '/metrics')).ok)
    const startedAt = Date.now()
    await app.stop()
    expect(Date.now() - startedAt).toBeLessThan(10_000)
    expect(await hanging).toBe('cut')
  })

  test('happens also when a part could not start: nothing is left behind', async () => {
    const broken = service('backend', () => ({ start: () => Promise.reject(new Error('no luck')) }))
    await expect(start([broken])).rejects.toThrow('no luck')
    const { rows } = await database.database.pool.query(
      `select application_name from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
    )
    expect(rows).toEqual([])
  })
})
