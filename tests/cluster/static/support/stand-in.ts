import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface StandIns {
  /** To be put first on the PATH. */
  folder: string
  /** What they were called with, in order, such as `helm test todo-cloud`. */
  calls: () => Promise<string[]>
  close: () => Promise<void>
}

/**
 * Programs that only write down how they were called, and then do what a line or more of bash says, such as
 * `{ helm: '[ "$1" != test ]' }`.
 */
export async function standIns(programs: Record<string, string>): Promise<StandIns> {
  const folder = await mkdtemp(join(tmpdir(), 'todo-cloud-stand-in-'))
  const log = join(folder, 'calls.log')
  await writeFile(log, '')
  for (const [name, does] of Object.entries(programs)) {
    const file = join(folder, name)
    await writeFile(file, `#!/usr/bin/env bash\necho "${name} $*" >>'${log}'\n${does}\n`)
    await chmod(file, 0o755)
  }
  return {
    folder,
    calls: async () => (await readFile(log, 'utf8')).split('\n').filter(Boolean),
    close: () => rm(folder, { recursive: true, force: true }),
  }
}
