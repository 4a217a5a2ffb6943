import { delimiter } from 'node:path'
import type { TestProject } from 'vitest/node'
import { startTestPostgres } from '@todo/platform/testing/postgres'
import { installLinters } from './linters.ts'
import { installPostgresClient } from './postgres-client.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** A PATH with actionlint, hclfmt, pg_dump and their like before everything else. */
    toolsPath: string
  }
}

/** vitest's globalSetup: what the tests call, installed once into the cache folder, and a PostgreSQL for the run. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { env } = process
  const folders = await Promise.all([installLinters(env), installPostgresClient(env)])
  project.provide('toolsPath', [...folders, env.PATH].filter(Boolean).join(delimiter))
  const { url, close } = await startTestPostgres()
  project.provide('postgresUrl', url)
  return close
}
