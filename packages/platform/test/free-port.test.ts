import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { freePort } from '@todo/platform/free-port'

const FREE_PORT = new URL('../src/free-port.ts', import.meta.url).href
/** Two who choose so many by chance would meet. */
const PORTS = 60
const EACH = 20

/** As another process chooses them, which has ended then. */
async function portsOfAnother(lowest: number, highest: number): Promise<number[]> {
  const program = `
    import { freePort } from '${FREE_PORT}'
    const ports = []
    while (ports.length < ${EACH}) ports.push(await freePort(${lowest}, ${highest}))
    console.log(JSON.stringify(ports))`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program])
  return JSON.parse(stdout) as number[]
}

test('no port is handed out twice, also not to another process, as long as this one runs', async () => {
  const lowest = Math.min(await freePort(), 32_000)
  const range = [lowest, lowest + PORTS] as const
  const mine: number[] = []
  while (mine.length < EACH) mine.push(await freePort(...range))
  const theirs = await portsOfAnother(...range)
  expect(new Set([...mine, ...theirs]).size).toBe(2 * EACH)
})
