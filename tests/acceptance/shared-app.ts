import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { inject, test } from 'vitest'
import { startApp } from './mode.ts'

/**
 * For stories without wishes of their own: one app for all of them that run in the same worker. They know each other's
 * people by chance only, as in a release that everybody uses.
 */
// vitest reads from the first argument's pattern what a fixture needs.
// oxlint-disable-next-line no-empty-pattern
const withSharedApp = test.extend('sharedApp', { scope: 'worker' }, async ({}, { onCleanup }) => {
  const app = await startApp()
  const running = join(inject('sharedApps'), String(process.pid))
  await writeFile(running, '')
  onCleanup(() =>
    app.close().then(
      () => rm(running),
      (error: Error) => writeFile(running, String(error.stack)),
    ),
  )
  return app
})

/** vitest's hook, with the shared app at hand. */
export const beforeAll: typeof withSharedApp.beforeAll = (...hook) => withSharedApp.beforeAll(...hook)
