import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { pollUntil } from '@todo/platform/testing/poll-until'

declare module 'vitest' {
  export interface ProvidedContext {
    /** A folder with a file for each worker that runs a shared app: what went wrong with its end, or nothing. */
    sharedApps: string
  }
}

/** Thirteen processes that end in order, on a busy machine. */
const ENDING_MS = 45_000

/**
 * vitest's globalSetup, behind that of PostgreSQL: the shared apps end before what they stand on. vitest tells its
 * workers to end, and does not wait for them.
 */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'todo-cloud-shared-apps-'))
  project.provide('sharedApps', folder)
  return async () => {
    const problems = await untilEnded(folder).catch(String)
    await rm(folder, { recursive: true })
    if (problems === '') return
    // Where one of them throws, vitest leaves the others out: PostgreSQL would stay.
    console.error(`A shared app did not end well:\n${problems}`)
    process.exitCode = 1
  }
}

async function untilEnded(folder: string): Promise<string> {
  const apps = async () => Promise.all((await readdir(folder)).map((file) => readFile(join(folder, file), 'utf8')))
  const haveEnded = async () => (await apps()).every((problem) => problem !== '')
  await pollUntil(haveEnded, { timeoutMs: ENDING_MS, what: 'the end of the shared apps' })
  return (await apps()).join('\n')
}
