import { SERVICES, startStandalone } from './app.ts'
import { StandaloneConfig } from './config.ts'
import { consoleLog } from './console-log.ts'
import { helpText } from '@todo/platform/help-text'
import { live } from './life.ts'
import { mailNotice } from './mail-notice.ts'

const HEAD = `Todo Cloud in one process.

  npm start                    starts it on this machine
  npm start -- --help          shows this
`

if (process.argv.includes('--help') || process.argv.includes('-h')) {
  process.stdout.write(helpText(HEAD, [StandaloneConfig, ...SERVICES.map(({ config }) => config)]))
} else {
  await live({
    start: (onLost) => startStandalone(process.env, { logTo: consoleLog(process.stdout), onLost }),
    announce: ({ url, config }) => {
      process.stdout.write(`Todo Cloud runs on ${url} (${mailNotice(process.env)})\n`)
      if (config.LOG_LEVEL === 'debug') process.stdout.write(`Its data is in ${config.DATA_DIR}\n`)
    },
    debug: process.env.LOG_LEVEL === 'debug',
  })
}
