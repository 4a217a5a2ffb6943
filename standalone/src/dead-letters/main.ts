import { parseArgs } from 'node:util'
import { loadConfig } from '@todo/platform/config'
import { listDeadLetters, replayDeadLetters } from '@todo/platform/embedded/dead-letters'
import { openWorkerPool } from '@todo/platform/embedded/worker-pool'
import { errorMessage } from '@todo/platform/errors'
import { createLog } from '@todo/platform/log'
import { SERVICE_NAMES } from '@todo/platform/service'
import type { ServiceName } from '@todo/platform/service'
import { StandaloneConfig } from '../config.ts'
import { consoleLog } from '../console-log.ts'
import { runningDatabaseUrl } from '../running-database.ts'
import { letterLine } from './letter-line.ts'

const HELP = `Events that a consumer could not handle.

  npm run dead-letters                       lists them
  npm run dead-letters -- replay             delivers all of them again
  npm run dead-letters -- replay <consumer>  delivers those of one consumer again: ${SERVICE_NAMES.join(', ')}
`

try {
  await main()
} catch (error) {
  process.stderr.write(`${errorMessage(error)}\n`)
  process.exitCode = 1
}

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({ allowPositionals: true, options: { help: { type: 'boolean' } } })
  const [command = 'list', consumer = null] = positionals
  if (values.help || !['list', 'replay'].includes(command) || !isConsumer(consumer)) {
    process.stdout.write(HELP)
    return
  }
  const { DATA_DIR, DATABASE_URL } = loadConfig(StandaloneConfig, process.env)
  const url = DATABASE_URL ?? (await runningDatabaseUrl(DATA_DIR))
  const pool = openWorkerPool(url, createLog('dead-letters', 'warn', consoleLog(process.stderr)), 1)
  try {
    if (command === 'replay') {
      process.stdout.write(`Delivered again: ${await replayDeadLetters(pool, consumer)}\n`)
    } else {
      for (const letter of await listDeadLetters(pool)) process.stdout.write(`${letterLine(letter)}\n`)
    }
  } finally {
    await pool.end()
  }
}

function isConsumer(name: string | null): name is ServiceName | null {
  return name === null || SERVICE_NAMES.includes(name as ServiceName)
}
