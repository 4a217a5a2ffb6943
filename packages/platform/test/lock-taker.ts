import { tryLock } from '../src/file-lock.ts'

let release = async (): Promise<void> => {}

/** Takes the lock of a file that it is told, tells whether it has it, and lets go when it is told nothing. */
process.on('message', async (file: string) => {
  if (file === '') await release()
  const attempt = file === '' ? null : await tryLock(file)
  if (attempt && 'release' in attempt) release = attempt.release
  process.send!(attempt !== null && 'release' in attempt)
})
