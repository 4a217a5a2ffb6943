// Used by the Dockerfile. node package-trees.ts FOLDER: out of what npm has installed here, puts into FOLDER/shared the
// packages that every service needs to run, and into FOLDER/NAME what a service needs beyond those, all at their places.
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'

/** A package as package-lock.json (version 3) has it, by its place such as `node_modules/a/node_modules/b`. */
interface LockedPackage {
  link?: boolean
  /** Of a link: the folder of the workspace. */
  resolved?: string
  dependencies?: Record<string, string>
  optionalDependencies?: Record<string, string>
  peerDependencies?: Record<string, string>
  peerDependenciesMeta?: Record<string, { optional?: boolean }>
}
export type Lock = Record<string, LockedPackage>

const SHARED = 'packages/platform'

/** The folders of what runs, by the names of their images. */
const WORKSPACES = {
  backend: 'backend',
  'recurring-task': 'consumers/recurring-task',
  notification: 'consumers/notification',
  audit: 'consumers/audit',
  realtime: 'consumers/realtime',
  topics: 'packages/topics',
  standalone: 'standalone',
}

/**
 * The places of all that a workspace needs to run. `npm ci --omit=dev --workspace` installs more: a package of somebody's
 * devDependencies that is another workspace's dependency, and optional peers, such as Vite and TypeScript.
 */
export function neededPlaces(lock: Lock, workspace: string): Set<string> {
  const places = new Set<string>()
  const open = [workspace]
  for (let from = open.pop(); from !== undefined; from = open.pop()) {
    for (const name of dependenciesOf(lock[from] ?? {})) {
      const place = resolvePlace(lock, from, name)
      if (place === null || places.has(place)) continue
      places.add(place)
      open.push(lock[place]?.link ? lock[place].resolved! : place)
    }
  }
  return places
}

function dependenciesOf(locked: LockedPackage): string[] {
  const { dependencies = {}, optionalDependencies = {}, peerDependencies = {}, peerDependenciesMeta = {} } = locked
  const peers = Object.keys(peerDependencies).filter((name) => !peerDependenciesMeta[name]?.optional)
  return [...Object.keys(dependencies), ...Object.keys(optionalDependencies), ...peers]
}

/** As Node looks for a package: in the folder's own node_modules, then in those above. */
function resolvePlace(lock: Lock, from: string, name: string): string | null {
  for (let folder = from; ; folder = dirname(folder)) {
    const place = join(folder, 'node_modules', name)
    if (lock[place]) return place
    if (folder === '.') return null
  }
}

/** Node runs no TypeScript from packages, and source maps are for debuggers. Nested packages have places of their own. */
function isForRunning(path: string): boolean {
  return !/\.(?:map|[cm]?ts)$/.test(path) && !path.split('/').includes('node_modules')
}

function copyPackage(lock: Lock, place: string, folder: string): void {
  const target = join(folder, place)
  // Packages of another system are in the lock file, and not here.
  if (!existsSync(place) && !lock[place]?.link) return
  mkdirSync(dirname(target), { recursive: true })
  if (lock[place]?.link) symlinkSync(relative(dirname(place), lock[place].resolved!), target)
  else {
    const filter = (source: string) => isForRunning(relative(place, source))
    cpSync(place, target, { recursive: true, verbatimSymlinks: true, filter })
  }
}

function layTrees(folder: string): void {
  const lock = (JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Lock }).packages
  const shared = neededPlaces(lock, SHARED)
  for (const place of shared) copyPackage(lock, place, join(folder, 'shared'))
  for (const [name, workspace] of Object.entries(WORKSPACES)) {
    const tree = join(folder, name)
    mkdirSync(tree)
    const own = [...neededPlaces(lock, workspace)].filter((place) => !shared.has(place))
    for (const place of own) copyPackage(lock, place, tree)
  }
}

if (import.meta.main) layTrees(process.argv[2]!)
