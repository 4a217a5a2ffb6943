import { execFile } from 'node:child_process'
import { mkdir, rmdir, statfs, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { onTestFinished } from 'vitest'
import { endLeftoverServer } from '@todo/platform/postgres/pid-file'
import { makeDataFolder } from './run-app.ts'

const run = promisify(execFile)

/** Where to write on a disk that has only so much room; null where we may not make one. */
export async function smallDisk(size: string): Promise<string | null> {
  const disk = join(await makeDataFolder(), 'disk')
  await mkdir(disk)
  const mounted = await run('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', disk]).catch(() => null)
  if (!mounted) return null
  onTestFinished(async () => {
    // Of an app that was killed because its test failed.
    await endLeftoverServer(join(disk, 'data', 'postgres'))
    await run('umount', [disk])
    await rmdir(disk)
  })
  return disk
}

/** Fills it but for so many bytes; answers what to remove to have room again. */
export async function fillDisk(disk: string, left: number): Promise<string> {
  const { bavail, bsize } = await statfs(disk)
  const file = join(disk, 'full')
  await writeFile(file, Buffer.alloc(bavail * bsize - left))
  return file
}
