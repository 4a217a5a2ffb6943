import { runDeadLettersCommand } from '@todo/platform/dead-letters/run-command'
import { errorMessage } from '@todo/platform/errors'

try {
  process.exitCode = await runDeadLettersCommand(process.argv.slice(2), {
    typed: 'npm run deadletters --',
    open: async () => (await import('./open.ts')).openDeadLetters(process.env),
    say: (text) => void process.stdout.write(text),
  })
} catch (error) {
  process.stderr.write(`${errorMessage(error)}\n`)
  process.exitCode = 1
}
