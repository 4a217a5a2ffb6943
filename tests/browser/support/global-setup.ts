import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { TestProject } from 'vitest/node'
import { startTestPostgres } from '@todo/platform/testing/postgres'
import { startApp } from '../../acceptance/mode.ts'
import { prepareBrowser } from './chromium.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The app that all stories of the run share: everyone in it is a person of their own. */
    appUrl: string
    /** Behind the scenes: its database. */
    appDatabaseUrl: string
    /** What it signs the links of its mails with. */
    appSecret: string
  }
}

const PREPARE = fileURLToPath(new URL('../../../scripts/prepare.mjs', import.meta.url))

/** vitest's globalSetup: the built web app, served by the real program, and a browser that can be launched. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  // It builds for production by itself: said from here, an install would leave out the tools of development.
  await promisify(execFile)(process.execPath, [PREPARE])
  const closings: (() => Promise<unknown>)[] = []
  const close = async () => {
    for (const closing of closings.toReversed()) await closing()
  }
  try {
    const postgres = await startTestPostgres()
    closings.push(() => postgres.close())
    const database = new URL('postgres', postgres.url).href
    // The endpoints of the stories are on this machine.
    const secret = randomBytes(32).toString('base64')
    const app = await startApp({ database, env: { PRIVATE_ADDRESSES: 'allow', CHANNEL_SECRET: secret } })
    closings.push(() => app.close())
    await prepareBrowser()
    project.provide('appUrl', app.url)
    project.provide('appDatabaseUrl', database)
    project.provide('appSecret', secret)
    return close
  } catch (error) {
    await close()
    throw error
  }
}
