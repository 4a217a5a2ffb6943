import { readFile, stat } from 'node:fs/promises'
import { platform } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { identify, isRunning } from '@todo/platform/process-identity'
import { SERVICE_NAMES } from '@todo/platform/service'
import { pollUntil } from '@todo/platform/testing/poll-until'
import { Person } from '../acceptance/support/person.ts'
import { makeDataFolder, runDistributed } from './support/distributed-app.ts'
import type { DistributedApp } from './support/distributed-app.ts'
import { listeningAddresses, LOOPBACK } from './support/listeners.ts'

const PAIRS = SERVICE_NAMES.flatMap((name) => [name, `${name}-sidecar`])
const EVERYTHING = ['kafka', 'scheduler', ...PAIRS]

const isAlive = async (pid: number) => isRunning(await identify(pid))

async function pidOf(app: DistributedApp, name: string): Promise<number | null> {
  const processes = await app.processes()
  return processes.find((process) => process.name === name)?.pid ?? null
}

/** A task of a series is completed, and the next one is there: through the outbox, Kafka and two services. */
async function completeOne(person: Person): Promise<void> {
  const task = await person.createTask({ due: { date: '2026-01-05' }, recurrence: { rule: 'FREQ=DAILY' } })
  await person.complete(task)
  await person.nextAfter(task, 30_000)
}

test('it tells its address and every process, all on the loopback interface, and Ctrl-C leaves none behind', async () => {
  const folder = await makeDataFolder()
  const app = runDistributed(folder)
  const url = await app.url()
  expect((await fetch(`${url}/readyz`)).status).toBe(200)
  const processes = await app.processes()
  expect(processes.map(({ name }) => name).toSorted()).toEqual(EVERYTHING.toSorted())
  for (const { name, pid, port } of processes) {
    expect(app.said()).toMatch(new RegExp(`^  ${name} +${pid} +127\\.0\\.0\\.1:${port}$`, 'm'))
    if (platform() !== 'linux') continue
    const addresses = await listeningAddresses(pid)
    expect(addresses.length).toBeGreaterThan(0)
    for (const address of addresses)
      expect(`${name} ${address}`).toMatch(new RegExp(`^${name} ${LOOPBACK.source.slice(1)}`))
  }
  expect((await stat(join(folder, 'distributed.json'))).mode & 0o777).toBe(0o600)

  app.kill('SIGINT')
  expect(await app.ended).toBe(0)
  expect(app.complained()).toBe('')
  for (const { name, pid } of processes) expect(`${name}: ${await isAlive(pid)}`).toBe(`${name}: false`)
  await expect(stat(join(folder, 'distributed.json'))).rejects.toThrow('ENOENT')
})

test('whichever process is killed comes back, and the app goes on', async () => {
  const app = runDistributed(await makeDataFolder())
  const person = await new Person(await app.url(), 'ada@example.org').signUp('Ada')
  await completeOne(person)
  for (const name of EVERYTHING) {
    const before = await pidOf(app, name)
    process.kill(before ?? 0, 'SIGKILL')
    await pollUntil(async () => (await pidOf(app, name)) !== before, { timeoutMs: 10_000, what: `another ${name}` })
    await pollUntil(() => app.said().includes(`${name} runs again`), { timeoutMs: 30_000, what: `${name} runs again` })
    expect(app.said()).toContain(`${name} was killed; starting it again in 0.5 s`)
  }
  await pollUntil(() => completeOne(person).then(() => true), { timeoutMs: 60_000, what: 'all of it works again' })
  app.kill('SIGINT')
  expect(await app.ended).toBe(0)
}, 180_000)

test('after a kill -9 the next start ends what was left, and has everything', async () => {
  const folder = await makeDataFolder()
  const app = runDistributed(folder)
  const person = await new Person(await app.url(), 'ada@example.org').signUp('Ada')
  await completeOne(person)
  const left = await app.processes()
  app.kill('SIGKILL')
  await app.ended
  for (const { name, pid } of left) expect(`${name}: ${await isAlive(pid)}`).toBe(`${name}: true`)

  const again = runDistributed(folder, { PORT: new URL(person.url).port })
  await again.url()
  expect(again.said()).toMatch(/^Ended what a killed start had left running: .*\bkafka\b/m)
  for (const { name, pid } of left) expect(`${name}: ${await isAlive(pid)}`).toBe(`${name}: false`)
  await completeOne(person)
  again.kill('SIGTERM')
  expect(await again.ended).toBe(0)
}, 120_000)

test('a sidecar and a service each refuse who does not know their word', async () => {
  const folder = await makeDataFolder()
  const app = runDistributed(folder)
  await app.url()
  const portOf = new Map((await app.processes()).map(({ name, port }) => [name, port]))
  for (const name of SERVICE_NAMES) {
    const sidecar = `http://127.0.0.1:${portOf.get(`${name}-sidecar`)}`
    expect((await fetch(`${sidecar}/v1.0/metadata`)).status).toBe(401)
    const service = `http://127.0.0.1:${portOf.get(name)}`
    expect((await fetch(`${service}/dapr/subscribe`)).status).toBe(401)
    expect((await fetch(`${service}/readyz`)).status).toBe(200)
  }
  const { daprHttpPort, daprApiToken } = JSON.parse(await readFile(join(folder, 'distributed.json'), 'utf8')) as {
    daprHttpPort: number
    daprApiToken: string
  }
  const headers = { 'dapr-api-token': daprApiToken }
  expect((await fetch(`http://127.0.0.1:${daprHttpPort}/v1.0/metadata`, { headers })).status).toBe(200)
})

test('a wrong setting of a service ends the start with its words', async () => {
  const app = runDistributed(await makeDataFolder(), { SMTP_URL: 'mail.example.org' })
  expect(await app.ended).toBe(1)
  expect(app.complained()).toMatch(/SMTP_URL: must be a URL such as/)
  for (const { pid } of await app.processes()) expect(await isAlive(pid)).toBe(false)
})
