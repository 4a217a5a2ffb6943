import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { DaprInvoke } from '@todo/platform/dapr/invoke'
import { notFound } from '@todo/platform/errors'
import { openHouse } from './support/house.ts'
import type { House } from './support/house.ts'
import { SidecarApp } from './support/sidecar-app.ts'

let house: House
let backend: SidecarApp
let audit: SidecarApp
let invoke: DaprInvoke

beforeAll(async () => {
  house = await openHouse()
  backend = await SidecarApp.create({ house, appId: 'backend' })
  audit = await SidecarApp.create({
    house,
    appId: 'audit',
    routes: { mount: (app) => app.post('/events/task-events', () => ({ status: 'SUCCESS' })) },
    mount: (app) => {
      app.post('/echo/:id', ({ params, query, body, headers }) => ({
        params,
        query,
        body,
        asked: headers['x-asked'],
        token: headers['dapr-api-token'],
      }))
      app.get('/missing', () => {
        throw notFound('task')
      })
    },
  })
  await Promise.all([backend.start(), audit.start()])
  invoke = new DaprInvoke({ client: backend.client, streamAddresses: {} })
})

afterAll(async () => {
  await Promise.all([backend.stop(), audit.stop()])
  await house.close()
})

test('a call goes through two sidecars and comes back, with query, headers and body, and the token of the other one', async () => {
  const request = {
    method: 'POST',
    path: '/echo/a%20b?q=%C3%BC&q2=1',
    body: { b: [2] },
    headers: { 'x-asked': 'yes' },
  } as const
  expect(await invoke.call('audit', request)).toEqual({
    status: 200,
    body: {
      params: { id: 'a b' },
      query: { q: 'ü', q2: '1' },
      body: { b: [2] },
      asked: 'yes',
      token: 'shown-by-the-sidecar',
    },
  })
})

test('a refusal of the service comes back as it is', async () => {
  const { status, body } = await invoke.call('audit', { method: 'GET', path: '/missing' })
  expect([status, body]).toEqual([404, expect.objectContaining({ code: 'not-found', status: 404 })])
})

test('what only the sidecar itself may ask, no other service can ask through it', async () => {
  const path = '/events/task-events'
  expect((await invoke.call('audit', { method: 'POST', path, body: {} })).status).toBe(403)
})

test('a service that is away is told as such within seconds', async () => {
  const startedAt = Date.now()
  const error = await invoke.call('realtime', { method: 'GET', path: '/' }).catch((reason: unknown) => reason)
  expect(error).toMatchObject({ code: 'unavailable', message: 'The service realtime cannot be reached right now.' })
  expect(Date.now() - startedAt).toBeLessThan(10_000)
})

test('a service is found though its sidecar could not sign in for a while', async () => {
  const names = new DatabaseSync(join(house.folder, 'names.db'))
  names.exec('begin immediate')
  const held = performance.now() + 8_000
  while (performance.now() < held) {
    expect((await invoke.call('audit', { method: 'POST', path: '/echo/there', body: {} })).status).toBe(200)
    await delay(250)
  }
  names.exec('rollback')
  names.close()
})
