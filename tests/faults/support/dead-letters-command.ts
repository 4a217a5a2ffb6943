import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const MAIN = fileURLToPath(new URL('../../../standalone/src/dead-letters/main.ts', import.meta.url))

/** `npm run deadletters -- replay <number>`. @throws when it fails again */
export async function replayDeadLetter(dataFolder: string, letter: string): Promise<void> {
  const { PATH, HOME } = process.env
  const env = { PATH, HOME, DATA_DIR: dataFolder }
  await promisify(execFile)(process.execPath, [MAIN, 'replay', letter], { env })
}
