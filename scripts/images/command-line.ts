import { parseArgs } from 'node:util'
import { TARGETS } from './targets.ts'
import type { Target } from './targets.ts'

export const USAGE = `npm run images -- --tag TAG [--registry REGISTRY] [--only backend,topics] [--archive FOLDER]

Builds the images todo-cloud-NAME:TAG, one for each of ${TARGETS.join(', ')}.

  --tag       the version, which their labels tell too
  --registry  in front of the names, such as registry.example.org/todo
  --only      some of them, separated by commas
  --archive   writes FOLDER/todo-cloud-NAME.tar as well, as "docker load" takes it

IMAGE_BUILDER  the program that builds: docker, or buildah with its options, such as "buildah --root /var/lib/images";
               when it is left out, docker where its engine runs, else buildah
BASE_IMAGE     what runs: Node 24 on Debian; pinned in the Dockerfile when left out
BUILD_IMAGE    what builds: the same with npm; BASE_IMAGE when left out
IMAGE_SOURCE   address of the sources, for the labels
`

/** The command cannot be carried out as it was given; the message says what to do. */
export class UsageError extends Error {
  override name = 'UsageError'
}

export interface ImagesCommand {
  tag: string
  registry?: string | undefined
  targets: readonly Target[]
  archive?: string | undefined
}

/** OCI distribution specification: what a tag may be. */
const TAG = /^\w[\w.-]{0,127}$/

const OPTIONS = {
  tag: { type: 'string' },
  registry: { type: 'string' },
  only: { type: 'string' },
  archive: { type: 'string' },
  help: { type: 'boolean' },
} as const

/** @returns null when help is asked for. @throws UsageError */
export function parseCommand(args: string[]): ImagesCommand | null {
  const { tag, registry, only, archive, help } = parse(args)
  if (help) return null
  if (!tag) throw new UsageError(`--tag is needed: the version of the images, such as --tag 1.2.0\n\n${USAGE}`)
  if (!TAG.test(tag)) throw new UsageError(`--tag ${tag} is no tag: letters, digits, and . _ - behind the first one`)
  const names = only?.split(',').map((name) => name.trim()) ?? TARGETS
  const unknown = names.filter((name) => !TARGETS.some((target) => target === name))
  if (unknown.length > 0) {
    throw new UsageError(`--only: there is no image ${unknown.join(', ')}; there are ${TARGETS.join(', ')}`)
  }
  return { tag, registry, archive, targets: TARGETS.filter((target) => names.includes(target)) }
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, options: OPTIONS }).values
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n\n${USAGE}`, { cause: error })
  }
}
