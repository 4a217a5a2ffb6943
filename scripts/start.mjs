// Starts the app, in one process or (with the word "distributed") in many, on any Node from 20 on: installs and builds what is missing, then runs it on the Node it is made for.
import { spawn } from 'node:child_process'
import { at, fail, pinnedNode, prepare } from './prepare.mjs'

const unknown = process.argv.slice(2).find((word) => !['distributed', '--help', '-h'].includes(word))
if (unknown)
  fail(`There is no option ${unknown}: what can be set are environment variables, see "npm start -- --help".`)
prepare({ build: !process.argv.includes('--help') })
run()

function run() {
  const env = { NODE_COMPILE_CACHE: at('node_modules', '.cache', 'todo-cloud'), ...process.env }
  const [mode, ...rest] = process.argv.slice(2)
  const isDistributed = mode === 'distributed'
  const main = at(isDistributed ? 'dapr' : 'standalone', 'src', 'main.ts')
  const args = isDistributed ? rest : process.argv.slice(2)
  // The channel tells the app when we are gone without a word.
  const stdio = ['inherit', 'inherit', 'inherit', 'ipc']
  const app = spawn(pinnedNode(), [main, ...args], { env, stdio })
  // A terminal's Ctrl-C reaches the app without us as well: it takes what comes together for one.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => app.kill(signal))
  app.on('error', (error) => fail(`Node could not be started: ${error.message}`))
  app.on('exit', (code) => process.exit(code ?? 1))
}
