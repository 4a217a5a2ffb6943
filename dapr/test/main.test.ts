// @module-tag slow
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { identify } from '@todo/platform/process-identity'
import { tempFolder } from './support/temp-folder.ts'

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url))

/** What the program says, and its exit code, when it does not start. */
async function run(env: Record<string, string>, ...args: string[]) {
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: { PORT: '0', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const heard = { said: '', complained: '' }
  child.stdout.on('data', (data: Buffer) => (heard.said += data.toString()))
  child.stderr.on('data', (data: Buffer) => (heard.complained += data.toString()))
  onTestFinished(() => void child.kill('SIGKILL'))
  const [code] = (await once(child, 'close')) as [number | null]
  return { ...heard, code }
}

test('--help lists every setting with its default, and what the machine needs', async () => {
  const { said, code } = await run({}, '--help')
  expect(code).toBe(0)
  for (const words of ['npm run start:distributed', 'Java 17', 'Go 1.24', 'REDIS_HOST', 'SMTP_URL', '[3000]']) {
    expect(said).toContain(words)
  }
})

test('a machine without Java and Go is told so, a line for each, and nothing is started', async () => {
  const empty = await tempFolder()
  const { complained, said, code } = await run({ PATH: empty, XDG_CACHE_HOME: empty, DATA_DIR: join(empty, 'data') })
  expect(complained.trimEnd().split('\n')).toEqual([
    expect.stringMatching(/^There is no Java here\. .* 17 or newer/),
    expect.stringMatching(/^There is no Go here\. .* 1\.24 or newer/),
  ])
  expect([said, code]).toEqual(['', 1])
})

test('wrong settings are told all at once', async () => {
  const { complained, code } = await run({ PORT: 'http', REPLICAS: '0', REDIS_HOST: 'redis' })
  for (const name of ['PORT', 'REPLICAS', 'REDIS_HOST']) expect(complained).toContain(`  ${name}: must be`)
  expect(code).toBe(1)
})

test('a second one on the same data folder is refused', async () => {
  const DATA_DIR = await tempFolder()
  await writeFile(join(DATA_DIR, 'instance.lock'), JSON.stringify(await identify(process.pid)))
  const { complained, code } = await run({ DATA_DIR })
  expect(complained).toContain(`Todo Cloud already runs on ${DATA_DIR} (process ${process.pid})`)
  expect(code).toBe(1)
})

test('a port that is taken is told before anything is started', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const PORT = String((server.address() as AddressInfo).port)
  const { complained, said, code } = await run({ DATA_DIR: await tempFolder(), PORT })
  expect(complained).toContain(`Port ${PORT} of 127.0.0.1 is taken by another program`)
  expect([said, code]).toEqual(['', 1])
})
