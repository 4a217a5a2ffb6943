import { errorMessage } from '@todo/platform/errors'
import { ConfigError } from '@todo/platform/config'
import { SERVICES, startStandalone } from './app.ts'
import { StandaloneConfig } from './config.ts'
import { consoleLog } from './console-log.ts'
import { helpText } from './help.ts'
import { StartError } from './start-error.ts'

/** Two of Ctrl-C, so close together, are one: the terminal and npm both pass it on. */
const SAME_SIGNAL_MS = 300

if (process.argv.includes('--help') || process.argv.includes('-h')) {
  process.stdout.write(helpText([StandaloneConfig, ...SERVICES.map(({ config }) => config)]))
} else {
  await main()
}

async function main(): Promise<void> {
  const starting = startStandalone(process.env, {
    logTo: consoleLog(process.stdout),
    onLost: (reason) => end(1, reason),
  })
  const end = stopOnce(() => starting.then(({ stop }) => stop()))
  listenForTheEnd(end)
  try {
    const { url, config } = await starting
    const mail = process.env.SMTP_URL ? 'mails are sent' : 'mails are shown here, SMTP_URL would send them'
    process.stdout.write(`Todo Cloud runs on ${url} (${mail})\n`)
    if (config.LOG_LEVEL === 'debug') process.stdout.write(`Its data is in ${config.DATA_DIR}\n`)
  } catch (error) {
    process.stderr.write(`${describe(error)}\n`)
    process.exit(1)
  }
}

/** Stops once, in order; asked again, the process ends at once, and the database recovers at its next start. */
function stopOnce(stop: () => Promise<void>): (code: number, reason?: string) => void {
  let askedAt: number | null = null
  return (code, reason) => {
    if (askedAt !== null) {
      if (Date.now() - askedAt > SAME_SIGNAL_MS) process.exit(130)
      return
    }
    askedAt = Date.now()
    if (reason) process.stderr.write(`${reason}\n`)
    stop().then(
      () => process.exit(code),
      (error: unknown) => {
        process.stderr.write(`${describe(error)}\n`)
        process.exit(1)
      },
    )
  }
}

function listenForTheEnd(end: (code: number, reason?: string) => void): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => end(0))
  // The starter is gone, without a word.
  process.on('disconnect', () => end(0))
  process.on('uncaughtException', (error) => end(1, error.stack ?? error.message))
}

function describe(error: unknown): string {
  if (error instanceof StartError || error instanceof ConfigError) return error.message
  const trace = process.env.LOG_LEVEL === 'debug' && error instanceof Error ? `\n${error.stack}` : ''
  return `Todo Cloud could not start: ${errorMessage(error)}${trace}`
}
