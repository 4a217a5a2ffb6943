// What "npm start" and "npm test" need before anything of ours can run: the packages, and the built web app.
// Plain JavaScript without dependencies, for any Node from 20 on: nothing is installed yet when it runs.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const OLDEST_NODE = 20
const repository = fileURLToPath(new URL('..', import.meta.url))

/** A path in the repository. */
export const at = (...path) => join(repository, ...path)

/** Installs and builds what is missing or older than its sources. */
export function prepare({ build = true } = {}) {
  checkNode()
  installWhenNeeded()
  if (build) buildWhenNeeded()
}

function checkNode() {
  const { node } = process.versions
  if (Number(node.split('.')[0]) >= OLDEST_NODE) return
  fail(`Todo Cloud needs Node ${OLDEST_NODE} or newer to start, this is ${node}: get one from https://nodejs.org.`)
}

function installWhenNeeded() {
  const wanted = createHash('sha256')
    .update(readFileSync(at('package-lock.json')))
    .digest('hex')
  const stamp = at('node_modules', '.todo-cloud-installed')
  const installed = existsSync(stamp) ? readFileSync(stamp, 'utf8') : null
  if (existsSync(pinnedNode()) && (installed === wanted || wasInstalledByHand())) return
  const isUpdate = existsSync(pinnedNode()) && existsSync(at('node_modules', '.package-lock.json'))
  console.log(isUpdate ? 'Updating what the app needs …' : 'Installing what the app needs; this takes a minute …')
  // `ci` begins by deleting everything, under whatever runs on it; an update takes seconds, and the lock file stays.
  const { status } = npm(
    ...(isUpdate ? ['install', '--no-save'] : ['ci']),
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  )
  if (status !== 0) fail('The install failed, see above. With the network back, "npm start" tries again.')
  writeFileSync(stamp, wanted)
}

/** npm's own record of what it installed is as new as the lock file: both are written within the same moment. */
function wasInstalledByHand() {
  const record = at('node_modules', '.package-lock.json')
  if (!existsSync(record)) return false
  return statSync(record).mtimeMs + 10_000 >= statSync(at('package-lock.json')).mtimeMs
}

function buildWhenNeeded() {
  const built = at('frontend', 'dist', 'index.html')
  if (!existsSync(at('frontend', 'index.html'))) {
    console.log('There is no web app to build here yet: only the API is served.')
    return
  }
  const ours = ['src', 'public', 'scripts', 'index.html', 'package.json', 'tsconfig.json', 'vite.config.ts']
  const sources = [...ours.map((name) => at('frontend', name)), at('packages', 'model', 'src'), at('package-lock.json')]
  const newest = Math.max(...sources.map(newestChange))
  if (existsSync(built) && statSync(built).mtimeMs >= newest) return
  console.log('Building the web app …')
  const { status, stdout, stderr } = npm('run', 'build', '--workspace=frontend', '--silent')
  if (status === 0) return
  process.stderr.write(`${stdout ?? ''}${stderr ?? ''}`)
  fail('The web app could not be built, see above.')
}

function newestChange(path) {
  if (!existsSync(path)) return 0
  const stat = statSync(path)
  if (!stat.isDirectory()) return stat.mtimeMs
  return Math.max(stat.mtimeMs, ...readdirSync(path).map((name) => newestChange(join(path, name))))
}

/** The Node that the app is made for, installed with the packages. */
export function pinnedNode() {
  return at('node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
}

function npm(...args) {
  // In development mode the web app would be twice as large, and stay so.
  const env = args[0] === 'run' ? { ...process.env, NODE_ENV: 'production' } : process.env
  const options = { cwd: repository, env, stdio: args[0] === 'run' ? 'pipe' : 'inherit', encoding: 'utf8' }
  const own = process.env.npm_execpath
  if (own?.endsWith('.js')) return spawnSync(process.execPath, [own, ...args], options)
  return spawnSync('npm', args, { ...options, shell: process.platform === 'win32' })
}

/** One line on what to do, and the end. */
export function fail(message) {
  console.error(message)
  process.exit(1)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) prepare()
