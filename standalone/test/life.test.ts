import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { freePort } from '@todo/platform/free-port'
import { readPidFile } from '@todo/platform/postgres/pid-file'
import { pollUntil } from '@todo/platform/testing/poll-until'
import { loadSecrets } from '../src/secrets.ts'
import { signUp } from './support/person.ts'
import { makeDataFolder, processesOn, runApp } from './support/run-app.ts'

const statusOf = async (url: string) => (await fetch(`${url}/readyz`)).status

test('it says its address in one line, is ready, and Ctrl-C leaves no process behind', async () => {
  const DATA_DIR = await makeDataFolder()
  const app = runApp({ DATA_DIR })
  const url = await app.url()
  expect(await statusOf(url)).toBe(200)
  expect(app.said()).toBe(`Todo Cloud runs on ${url} (mails are shown here, SMTP_URL would send them)\n`)
  expect(await processesOn(DATA_DIR)).not.toEqual([])
  app.child.kill('SIGINT')
  expect(await app.ended).toBe(0)
  expect(app.complained()).toBe('')
  expect(await processesOn(DATA_DIR)).toEqual([])
  expect(await readdir(DATA_DIR)).toEqual(expect.not.arrayContaining(['instance.lock']))
})

test(
  'it makes its secrets at the first start, for its owner only, keeps them, and never logs them',
  { tags: ['slow'] },
  async () => {
    const DATA_DIR = await makeDataFolder()
    const file = join(DATA_DIR, 'secrets.json')
    const start = async () => {
      const app = runApp({ DATA_DIR, LOG_LEVEL: 'trace' })
      await app.url()
      app.child.kill('SIGTERM')
      await app.ended
      return app.said() + app.complained()
    }
    const first = await start()
    const secrets = await readFile(file, 'utf8')
    const second = await start()
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect(await readFile(file, 'utf8')).toBe(secrets)
    const postgresLog = await readFile(join(DATA_DIR, 'postgres.log'), 'utf8')
    for (const secret of Object.values(JSON.parse(secrets) as Record<string, string>)) {
      expect(secret.length).toBeGreaterThanOrEqual(43)
      expect(first + second + postgresLog).not.toContain(secret)
    }
  },
)

test('a version that needs one more secret makes it, and keeps the others', async () => {
  const DATA_DIR = await makeDataFolder()
  const before = await loadSecrets(DATA_DIR)
  const { CHANNEL_SECRET: _, ...older } = before
  await writeFile(join(DATA_DIR, 'secrets.json'), JSON.stringify(older))
  const after = await loadSecrets(DATA_DIR)
  expect(after).toEqual({ ...older, CHANNEL_SECRET: expect.any(String) as string })
  expect(after.CHANNEL_SECRET).not.toBe(before.CHANNEL_SECRET)
  expect(await loadSecrets(DATA_DIR)).toEqual(after)
})

test('after a kill -9 a new start needs no cleaning, and has everything that was answered, and its events', async () => {
  const DATA_DIR = await makeDataFolder()
  const app = runApp({ DATA_DIR })
  const person = await signUp(await app.url())
  const answered: string[] = []
  const writing = (async () => {
    for (let number = 0; ; number++) {
      const title = `Task ${number}`
      const { status } = await person.request('POST', '/tasks', { title })
      if (status === 201) answered.push(title)
    }
  })().catch(() => undefined)
  await pollUntil(() => answered.length >= 40, { timeoutMs: 15_000 })
  app.child.kill('SIGKILL')
  await Promise.all([writing, app.ended])
  expect(await processesOn(DATA_DIR)).not.toEqual([])

  const again = runApp({ DATA_DIR })
  const url = await again.url()
  const returned = await person.signInAgain(url)
  const { body } = await returned.request('GET', '/tasks?limit=100')
  const tasks = (body as { items: { id: string; title: string }[] }).items
  expect(tasks.map(({ title }) => title)).toEqual(expect.arrayContaining(answered.slice(-100)))
  for (const { id } of tasks.slice(0, 100)) {
    const entries = await pollUntil(async () => {
      const history = await returned.request('GET', `/tasks/${id}/history`)
      const { items } = history.body as { items: unknown[] }
      return items.length > 0 && items
    })
    expect(entries).toHaveLength(1)
  }
  again.child.kill('SIGINT')
  expect(await again.ended).toBe(0)
  expect(await processesOn(DATA_DIR)).toEqual([])
})

test('when its database is killed, it starts it again and goes on', async () => {
  const DATA_DIR = await makeDataFolder()
  const app = runApp({ DATA_DIR })
  const url = await app.url()
  const person = await signUp(url)
  const server = await readPidFile(join(DATA_DIR, 'postgres'))
  process.kill(server?.pid ?? 0, 'SIGQUIT')
  await pollUntil(async () => (await statusOf(url)) === 503, { what: 'being degraded' })
  await pollUntil(async () => (await statusOf(url)) === 200, { timeoutMs: 15_000, what: 'being ready again' })
  expect((await person.request('POST', '/tasks', { title: 'After all' })).status).toBe(201)
})

test('a second Ctrl-C ends it at once, and its database with it', { tags: ['slow'] }, async () => {
  const DATA_DIR = await makeDataFolder()
  const app = runApp({ DATA_DIR })
  const url = await app.url()
  // A request that never ends holds up the first one.
  const { hostname, port } = new URL(url)
  const held = fetch(`http://${hostname}:${port}/api/auth/sign-up/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: new ReadableStream({ start: (controller) => controller.enqueue(new TextEncoder().encode('{')) }),
    duplex: 'half',
  }).catch(() => 'cut')
  await pollUntil(async () => (await statusOf(url)) === 200)
  app.child.kill('SIGINT')
  const askedAt = Date.now()
  await pollUntil(() => Date.now() - askedAt > 400)
  app.child.kill('SIGINT')
  expect(await app.ended).toBe(130)
  expect(Date.now() - askedAt).toBeLessThan(2_000)
  expect(await held).toBe('cut')
  await pollUntil(async () => (await processesOn(DATA_DIR)).length === 0)
})

test('npm start passes Ctrl-C and the exit code on', { tags: ['slow'] }, async () => {
  const DATA_DIR = await makeDataFolder()
  const script = fileURLToPath(new URL('../../scripts/start.mjs', import.meta.url))
  const port = await freePort()
  const env = { ...process.env, DATA_DIR, PORT: String(port) }
  const starter = spawn(process.execPath, [script], { env, stdio: 'ignore', detached: true })
  await pollUntil(async () => (await statusOf(`http://127.0.0.1:${port}`)) === 200, { timeoutMs: 19_000 })
  // As a terminal does: to everyone in the group at once.
  process.kill(-(starter.pid ?? 0), 'SIGINT')
  expect(await once(starter, 'exit')).toEqual([0, null])
  expect(await processesOn(DATA_DIR)).toEqual([])

  const failing = spawn(process.execPath, [script], { env: { ...env, PORT: 'many' }, stdio: 'ignore' })
  expect(await once(failing, 'exit')).toEqual([1, null])
  const misspelt = spawn(process.execPath, [script, '--prot=80'], { env, stdio: 'ignore' })
  expect(await once(misspelt, 'exit')).toEqual([1, null])
})

test('it ends when what started it is killed', { tags: ['slow'] }, async () => {
  const DATA_DIR = await makeDataFolder()
  const script = fileURLToPath(new URL('../../scripts/start.mjs', import.meta.url))
  const port = await freePort()
  const env = { ...process.env, DATA_DIR, PORT: String(port) }
  const starter = spawn(process.execPath, [script], { env, stdio: 'ignore' })
  await pollUntil(async () => (await statusOf(`http://127.0.0.1:${port}`)) === 200, { timeoutMs: 19_000 })
  starter.kill('SIGKILL')
  await pollUntil(async () => (await processesOn(DATA_DIR)).length === 0, { timeoutMs: 10_000 })
})
