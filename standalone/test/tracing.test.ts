// @module-tag slow
import { expect, test } from 'vitest'
import { signUp } from './support/person.ts'
import { makeDataFolder, runApp } from './support/run-app.ts'

test('a collector that is not there keeps nobody from working, or from stopping', async () => {
  const endpoint = 'http://127.0.0.1:9'
  const app = runApp({ DATA_DIR: await makeDataFolder(), OTEL_EXPORTER_OTLP_ENDPOINT: endpoint })
  const person = await signUp(await app.url())
  expect((await person.request('POST', '/tasks', { title: 'Untraced' })).status).toBe(201)
  app.child.kill('SIGTERM')
  expect(await app.ended).toBe(0)
  expect(app.complained()).toBe('')
})
