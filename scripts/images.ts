// npm run images -- --tag 1.2.0: builds the container images with docker or buildah (--help tells more).
import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { archiveCommand, buildCommand, findBuilder } from './images/builder.ts'
import { parseCommand, USAGE, UsageError } from './images/command-line.ts'
import type { ImagesCommand } from './images/command-line.ts'
import { npmSecrets } from './images/npm-settings.ts'
import { imageName } from './images/targets.ts'

const REPOSITORY = fileURLToPath(new URL('..', import.meta.url))

class CommandFailed extends Error {}

function run(command: readonly string[]): void {
  const [program = '', ...args] = command
  const { status, error } = spawnSync(program, args, { cwd: REPOSITORY, stdio: 'inherit' })
  if (error) throw new CommandFailed(`${program} could not be started: ${error.message}`)
  if (status !== 0) throw new CommandFailed(`This failed, see above:\n  ${command.join(' ')}`)
}

/** What git says, or undefined outside of a clone. */
function git(...args: string[]): string | undefined {
  const { status, stdout } = spawnSync('git', args, { cwd: REPOSITORY, encoding: 'utf8' })
  return status === 0 ? stdout.trim() : undefined
}

function buildImages({ tag, registry, targets, archive }: ImagesCommand): void {
  const builder = findBuilder(process.env.IMAGE_BUILDER)
  const { BASE_IMAGE, BUILD_IMAGE, IMAGE_SOURCE } = process.env
  // The commit's time, and not now: the same sources are the same image.
  const created = git('log', '-1', '--format=%cI')
  const labels = { VERSION: tag, REVISION: git('rev-parse', 'HEAD'), CREATED: created, SOURCE: IMAGE_SOURCE }
  const { secrets, remove } = npmSecrets()
  try {
    for (const target of targets) {
      const startedAt = performance.now()
      const image = imageName(target, { registry, tag })
      run(buildCommand(builder, { target, image, args: { BASE_IMAGE, BUILD_IMAGE, ...labels }, secrets }))
      if (archive) {
        const file = join(archive, `todo-cloud-${target}.tar`)
        rmSync(file, { force: true })
        run(archiveCommand(builder, image, file))
      }
      console.log(`${image} took ${Math.round((performance.now() - startedAt) / 1_000)} s`)
    }
  } finally {
    remove()
  }
}

try {
  const command = parseCommand(process.argv.slice(2))
  if (command?.archive) mkdirSync(command.archive, { recursive: true })
  if (command) buildImages({ ...command, archive: command.archive && resolve(command.archive) })
  else console.log(USAGE)
} catch (error) {
  if (!(error instanceof UsageError || error instanceof CommandFailed)) throw error
  console.error(error.message)
  process.exitCode = 1
}
