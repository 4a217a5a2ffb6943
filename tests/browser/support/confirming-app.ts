import { afterAll, beforeAll, inject } from 'vitest'
import { createTestDatabase } from '@todo/platform/testing/test-database'
import type { TestDatabase } from '@todo/platform/testing/test-database'
import { startApp } from '../../acceptance/mode.ts'
import type { App } from '../../acceptance/mode.ts'
import { test } from './story.ts'

/**
 * An app for the stories around the call, which mails nothing to an address before its owner has confirmed it. It is
 * there when they begin.
 */
export function confirmingApp(): () => App {
  let app: App
  let database: TestDatabase
  beforeAll(async () => {
    database = await createTestDatabase(inject('appDatabaseUrl'))
    app = await startApp({ database: database.url, env: { CONFIRM_EMAIL: 'required' } })
  })
  afterAll(async () => {
    await app.close()
    await database.close()
  })
  test.beforeEach(({ watch }) => {
    watch.expect(new RegExp(`^foreign request: ${app.url}/`, 'u'))
  })
  return () => app
}
