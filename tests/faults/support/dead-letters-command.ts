import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const MAIN = fileURLToPath(new URL('../../../standalone/src/dead-letters/main.ts', import.meta.url))

/** `npm run deadletters -- replay <consumer>`. @throws when one of them fails again */
export async function replayDeadLetters(dataFolder: string, consumer: string): Promise<void> {
  const { PATH, HOME } = process.env
  const env = { PATH, HOME, DATA_DIR: dataFolder }
  await promisify(execFile)(process.execPath, [MAIN, 'replay', consumer], { env })
}
