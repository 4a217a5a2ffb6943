import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { archiveCommand, findBuilder } from '../../../scripts/images/builder.ts'
import { command, shown } from './commands.ts'

const REPOSITORY = fileURLToPath(new URL('../../..', import.meta.url))
const NEXT = fileURLToPath(new URL('../next', import.meta.url))
const REGISTRY = 'localhost'
const IMAGES = ['backend', 'recurring-task', 'notification', 'audit', 'realtime', 'topics']

/** Tags: what runs first, and a version after it. */
export const VERSIONS = { first: 'test', next: 'test-next' }

/** Builds this version and one after it, and puts both onto the nodes. */
export async function makeImages(loadCommand: string): Promise<void> {
  const archives = await mkdtemp(join(tmpdir(), 'todo-cloud-images-'))
  try {
    const options = ['--tag', VERSIONS.first, '--registry', REGISTRY, '--only', IMAGES.join(','), '--archive', archives]
    await command(process.execPath, [join(REPOSITORY, 'scripts', 'images.ts'), ...options])
    for (const name of IMAGES) await makeNext(name, archives)
    const files = (await readdir(archives)).map((file) => join(archives, file))
    await shown(loadCommand, ...files)
  } finally {
    await rm(archives, { recursive: true, force: true })
  }
}

async function makeNext(name: string, archives: string): Promise<void> {
  const builder = findBuilder(process.env.IMAGE_BUILDER)
  const image = `${REGISTRY}/todo-cloud-${name}`
  const [program = '', ...given] = builder.command
  const target = name === 'backend' ? name : 'other'
  const tags = [
    '--build-arg',
    `IMAGE=${image}:${VERSIONS.first}`,
    '--target',
    target,
    '--tag',
    `${image}:${VERSIONS.next}`,
  ]
  await command(program, [...given, 'build', '--quiet', ...tags, NEXT])
  const [archiver = '', ...args] = archiveCommand(
    builder,
    `${image}:${VERSIONS.next}`,
    join(archives, `${name}-next.tar`),
  )
  await command(archiver, args)
}
