import { consoleLog } from '@todo/standalone/console-log'
import { helpText } from '@todo/platform/help-text'
import { live } from '@todo/standalone/life'
import { mailNotice } from '@todo/standalone/mail-notice'
import { DistributedConfig } from './config.ts'
import { startDistributed } from './distributed.ts'

const HEAD = `Todo Cloud as five services on Kafka and Dapr, on this machine.

  npm run start:distributed              starts it
  npm run start:distributed -- --help    shows this

It needs Java 17 or newer for Kafka, and Go 1.24 or newer to build Dapr once.
`

if (process.argv.includes('--help') || process.argv.includes('-h')) {
  // They bring everything that the services are made of, which the running program has no use for.
  const { SERVICES } = await import('@todo/standalone')
  process.stdout.write(helpText(HEAD, [DistributedConfig, ...SERVICES.map(({ config }) => config)]))
} else {
  const log = consoleLog(process.stdout)
  const say = (line: string) => process.stdout.write(`${line}\n`)
  await live({
    start: (onLost, signal) =>
      startDistributed(process.env, {
        logTo: log,
        onLine: (service, line) => (line.startsWith('{') ? log.write(`${line}\n`) : say(`${service}: ${line}`)),
        tell: say,
        onLost,
        signal,
      }),
    announce: ({ url, table }) => say(`Todo Cloud runs on ${url} (${mailNotice(process.env)})\n\n${table()}`),
    debug: process.env.LOG_LEVEL === 'debug',
  })
}
