import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { startProcess } from '../../src/child.ts'
import type { Command, RunningProcess } from '../../src/child.ts'
import { tempFolder } from './temp-folder.ts'

/** Runs until SIGTERM. */
export const PATIENT = `process.on('SIGTERM', () => process.exit(0)); setInterval(() => {}, 1000); console.log('up')`
/** Hears no SIGTERM. */
export const STUBBORN = `process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); console.log('up')`

/** A Node that runs a line of code, killed after the test if it still runs. */
export async function tinyProcess(script: string, settings: Partial<Command> = {}): Promise<RunningProcess> {
  const output = settings.output ?? join(await tempFolder(), 'output.log')
  const args = ['-e', script]
  const child = await startProcess({
    program: process.execPath,
    args,
    env: {},
    stopWithinMs: 5_000,
    ...settings,
    output,
  })
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await child.exited
  })
  return child
}
