// Starts the app on any Node from 20 on: installs and builds what is missing, then runs it on the Node it is made for.
import { spawn } from 'node:child_process'
import { at, fail, pinnedNode, prepare } from './prepare.mjs'

prepare({ build: !process.argv.includes('--help') })
run()

function run() {
  const env = { NODE_COMPILE_CACHE: at('node_modules', '.cache', 'todo-cloud'), ...process.env }
  const main = at('standalone', 'src', 'main.ts')
  // The channel tells the app when we are gone without a word.
  const stdio = ['inherit', 'inherit', 'inherit', 'ipc']
  const app = spawn(pinnedNode(), [main, ...process.argv.slice(2)], { env, stdio })
  // A terminal's Ctrl-C reaches the app without us as well: it takes what comes together for one.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => app.kill(signal))
  app.on('error', (error) => fail(`Node could not be started: ${error.message}`))
  app.on('exit', (code) => process.exit(code ?? 1))
}
