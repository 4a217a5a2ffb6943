import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { loadConfig } from '@todo/platform/config'
import { openDaprDeadLetters } from '@todo/platform/dapr/open-dead-letters'
import type { OpenDeadLetters } from '@todo/platform/dead-letters/run-command'
import { EmbeddedDeadLetters } from '@todo/platform/embedded/dead-letters'
import { openWorkerPool } from '@todo/platform/embedded/worker-pool'
import { createLog } from '@todo/platform/log'
import { StandaloneConfig } from '../config.ts'
import { consoleLog } from '../console-log.ts'
import { runningDatabaseUrl } from '../running-database.ts'

type Env = Record<string, string | undefined>

/** What the distributed mode leaves in its data folder while it runs. */
const Note = z.object({ databaseUrl: z.string(), daprHttpPort: z.int(), daprApiToken: z.string() })

/** The letters of the app that runs here: in one process, or beside the backend and its sidecar. */
export async function openDeadLetters(env: Env): Promise<OpenDeadLetters> {
  const { DATA_DIR, DATABASE_URL } = loadConfig(StandaloneConfig, env)
  const log = createLog('deadletters', 'warn', consoleLog(process.stderr))
  const distributed = env.DAPR_HTTP_PORT ? env : await noteIn(DATA_DIR)
  if (distributed) return openDaprDeadLetters(distributed, log)
  const url = DATABASE_URL ?? (await runningDatabaseUrl(DATA_DIR))
  const pool = openWorkerPool(url, log, 1)
  return { letters: new EmbeddedDeadLetters(pool), close: () => pool.end() }
}

async function noteIn(dataFolder: string): Promise<Env | null> {
  const text = await readFile(join(dataFolder, 'distributed.json'), 'utf8').catch(() => null)
  if (text === null) return null
  const { databaseUrl, daprHttpPort, daprApiToken } = Note.parse(JSON.parse(text))
  return { DATABASE_URL: databaseUrl, DAPR_HTTP_PORT: String(daprHttpPort), DAPR_API_TOKEN: daprApiToken }
}
