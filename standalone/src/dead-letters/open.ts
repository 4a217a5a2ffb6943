import { loadConfig } from '@todo/platform/config'
import type { DeadLetters } from '@todo/platform/dead-letters'
import { EmbeddedDeadLetters } from '@todo/platform/embedded/dead-letters'
import { openWorkerPool } from '@todo/platform/embedded/worker-pool'
import { createLog } from '@todo/platform/log'
import { StandaloneConfig } from '../config.ts'
import { consoleLog } from '../console-log.ts'
import { runningDatabaseUrl } from '../running-database.ts'

export interface OpenDeadLetters {
  letters: DeadLetters
  close: () => Promise<void>
}

type Env = Record<string, string | undefined>

/** The letters of the app that runs here. */
export async function openDeadLetters(env: Env): Promise<OpenDeadLetters> {
  const { DATA_DIR, DATABASE_URL } = loadConfig(StandaloneConfig, env)
  const url = DATABASE_URL ?? (await runningDatabaseUrl(DATA_DIR))
  const pool = openWorkerPool(url, createLog('deadletters', 'warn', consoleLog(process.stderr)), 1)
  return { letters: new EmbeddedDeadLetters(pool), close: () => pool.end() }
}
