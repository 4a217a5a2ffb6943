import { statfs } from 'node:fs/promises'

const FOLDER = '/dev/shm'
const PLENTY_BYTES = 2 * 1024 ** 3

/** A folder in memory, where there is plenty of it: a container has 64 MB of its own accord. */
export async function memoryFolder(): Promise<string | null> {
  const free = await statfs(FOLDER).then(
    ({ bavail, bsize }) => bavail * bsize,
    () => 0,
  )
  return free >= PLENTY_BYTES ? FOLDER : null
}
