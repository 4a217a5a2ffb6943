import { expect, test } from 'vitest'
import { DaprJobScheduler } from '@todo/platform/dapr/job-scheduler'
import { mountSidecarRoutes } from '@todo/platform/dapr/sidecar-routes'
import { createHttpApp } from '@todo/platform/http/app'
import { createLog } from '@todo/platform/log'
import { startFakeSidecar, TOKENS } from './fake-sidecar.ts'
import type { FakeAnswer } from './fake-sidecar.ts'

const log = createLog('test', 'silent')

async function openApp(answer: FakeAnswer = { status: 204 }) {
  const { client, requests } = await startFakeSidecar(() => answer)
  const scheduler = new DaprJobScheduler({ client, service: 'backend', log })
  const app = createHttpApp({ log })
  mountSidecarRoutes(app, {
    token: TOKENS.app,
    subscriptions: () => [],
    mount: (scope) => scheduler.mount(scope),
    mountForServices: () => {},
  })
  const ring = async (payload: object, headers: Record<string, string> = { 'dapr-api-token': TOKENS.app }) =>
    (await app.inject({ method: 'POST', url: '/job/r.1', payload, headers })).statusCode
  return { scheduler, requests, ring }
}

test('a job is ordered with its kind, in place of one of its name, and is tried again without an end', async () => {
  const { scheduler, requests } = await openApp()
  const at = new Date(Date.now() + 60_000)
  await scheduler.schedule('backend', { name: 'r.1', kind: 'remind', at, data: { id: 7 } })
  expect(requests[0]).toMatchObject({
    method: 'POST',
    path: '/v1.0-alpha1/jobs/r.1',
    body: {
      dueTime: at.toISOString(),
      data: { kind: 'remind', data: { id: 7 } },
      overwrite: true,
      failurePolicy: { constant: { interval: '5s' } },
    },
  })
})

test('a job whose time is over is due now, so that its failures do not follow each other without a pause', async () => {
  const { scheduler, requests } = await openApp()
  const before = Date.now()
  await scheduler.schedule('backend', { name: 'r.1', kind: 'remind', at: new Date(0), data: {} })
  expect(Date.parse(requests[0]?.body.dueTime)).toBeGreaterThanOrEqual(before)
})

test('an order that the sidecar refuses is told', async () => {
  const { scheduler } = await openApp({ status: 500, body: 'no scheduler' })
  await expect(scheduler.cancel('backend', 'r.1')).rejects.toThrow('The sidecar answers 500: no scheduler')
})

test('an alarm is done when its handler is, and only then', async () => {
  const { scheduler, ring } = await openApp()
  const ran: unknown[] = []
  scheduler.handle('backend', 'remind', async (job) => {
    ran.push(job)
    if (ran.length === 1) throw new Error('not yet')
  })
  await scheduler.start()
  const alarm = { kind: 'remind', data: { id: 7 } }
  expect(await ring(alarm)).toBe(503)
  expect(await ring(alarm)).toBe(200)
  expect(ran).toEqual([
    { name: 'r.1', data: { id: 7 } },
    { name: 'r.1', data: { id: 7 } },
  ])
})

test.each([
  ['of a kind that nobody handles', { kind: 'unknown', data: {} }, undefined],
  ['that nobody understands', { text: 'ring' }, undefined],
  ['from somebody else', { kind: 'remind', data: {} }, { 'dapr-api-token': 'guessed' }],
  [
    'that another service rings',
    { kind: 'remind', data: {} },
    { 'dapr-api-token': TOKENS.app, 'dapr-caller-app-id': 'x' },
  ],
])('an alarm %s is not done, and not lost by a 404', async (_which, alarm, headers) => {
  const { scheduler, ring } = await openApp()
  scheduler.handle('backend', 'remind', () => Promise.resolve())
  await scheduler.start()
  expect([401, 403, 503]).toContain(await ring(alarm, headers))
})

test('an alarm that comes while the service stops, rings again later', async () => {
  const { scheduler, ring } = await openApp()
  const started = Promise.withResolvers<void>()
  const finish = Promise.withResolvers<void>()
  scheduler.handle('backend', 'remind', () => {
    started.resolve()
    return finish.promise
  })
  await scheduler.start()
  const running = ring({ kind: 'remind', data: {} })
  await started.promise
  const stopped = scheduler.stop()
  expect(await ring({ kind: 'remind', data: {} })).toBe(503)
  finish.resolve()
  await stopped
  expect(await running).toBe(200)
})
