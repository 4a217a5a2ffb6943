import { spawnSync } from 'node:child_process'
import { basename } from 'node:path'
import { UsageError } from './command-line.ts'
import type { Target } from './targets.ts'

/** A program that builds images, with the options that it always gets. */
export interface Builder {
  kind: 'docker' | 'buildah'
  command: readonly string[]
}

type Answers = (command: string, args: string[]) => boolean

const answers: Answers = (command, args) => spawnSync(command, args, { stdio: 'ignore' }).status === 0

/** What `IMAGE_BUILDER` says, else docker where its engine runs, else buildah. @throws UsageError */
export function findBuilder(wanted: string | undefined, canRun: Answers = answers): Builder {
  const command = wanted?.trim().split(/\s+/) ?? []
  if (command[0]) {
    const kind = basename(command[0])
    if (kind === 'docker' || kind === 'buildah') return { kind, command }
    throw new UsageError(`IMAGE_BUILDER is ${wanted}: it has to begin with docker or buildah`)
  }
  // The client alone builds nothing: its engine has to answer.
  if (canRun('docker', ['version'])) return { kind: 'docker', command: ['docker'] }
  if (canRun('buildah', ['--version'])) return { kind: 'buildah', command: ['buildah'] }
  throw new UsageError(
    'Nothing here builds images: install Docker (https://docs.docker.com/get-docker) and start it, or install buildah ("apt-get install buildah"), or name one in IMAGE_BUILDER.',
  )
}

export interface Build {
  target: Target
  image: string
  /** Arguments of the Dockerfile; those that are undefined stay as they are there. */
  args: Record<string, string | undefined>
  /** Files that the build may read and that no layer has. */
  secrets: Record<string, string>
}

/** The command line that builds one image from the folder that it is called in. */
export function buildCommand(builder: Builder, { target, image, args, secrets }: Build): string[] {
  // Left to itself, buildah keeps no steps for the next target, and writes a format that knows no health check.
  const own = builder.kind === 'buildah' ? ['--layers', '--format', 'docker'] : []
  const given = Object.entries(args).filter(([, value]) => value)
  return [
    ...builder.command,
    'build',
    ...own,
    '--target',
    target,
    '--tag',
    image,
    ...given.flatMap(([name, value]) => ['--build-arg', `${name}=${value}`]),
    ...Object.entries(secrets).flatMap(([id, file]) => ['--secret', `id=${id},src=${file}`]),
    '.',
  ]
}

/** The command line that writes an image into a file, as "docker load" and "ctr images import" take it. */
export function archiveCommand({ kind, command }: Builder, image: string, file: string): string[] {
  if (kind === 'docker') return [...command, 'save', '--output', file, image]
  return [...command, 'push', '--quiet', image, `docker-archive:${file}:${image}`]
}
