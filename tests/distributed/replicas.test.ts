import { expect, onTestFinished, test } from 'vitest'
import { SERVICE_NAMES } from '@todo/platform/service'
import { startCollector } from '@todo/platform/testing/collector'
import { pollUntil } from '@todo/platform/testing/poll-until'
import { Person } from '../acceptance/support/person.ts'
import { makeDataFolder, runDistributed } from './support/distributed-app.ts'

test('with one of two realtime services frozen or gone, a tab still gets a live stream, and its changes', async () => {
  const app = runDistributed(await makeDataFolder(), { REPLICAS: '2' })
  const person = await new Person(await app.url(), 'ada@example.org').signUp('Ada')
  const realtimes = (await app.processes()).filter(({ name }) => /^realtime(-2)?$/.test(name))
  expect(realtimes).toHaveLength(2)
  for (const { pid } of realtimes) {
    process.kill(pid, 'SIGSTOP')
    onTestFinished(() => void signalIfThere(pid, 'SIGCONT'))
    // More than once: whose turn it is does not matter.
    for (let time = 1; time <= 3; time += 1) {
      const stream = await person.openStream()
      const task = await person.createTask()
      await stream.changeOf(task.id, 1)
      stream.close()
    }
    process.kill(pid, 'SIGCONT')
    await pollUntil(async () => (await fetchOf(pid, realtimes)).ok, { timeoutMs: 10_000, what: 'the frozen one' })
  }
}, 120_000)

const fetchOf = (pid: number, all: { pid: number; port: number }[]) =>
  fetch(`http://127.0.0.1:${all.find((one) => one.pid === pid)?.port}/readyz`)

function signalIfThere(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // It has ended with the others.
  }
}

test('sidecars send their spans to where the services send theirs', async () => {
  const { endpoint, binaries } = await startCollector()
  const app = runDistributed(await makeDataFolder(), { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint })
  const person = await new Person(await app.url(), 'ada@example.org').signUp('Ada')
  const task = await person.createTask({ due: { date: '2040-01-01' }, recurrence: { rule: 'FREQ=DAILY' } })
  await person.complete(task)
  const tellers = () => SERVICE_NAMES.filter((name) => binaries.some((spans) => spans.includes(name)))
  // Notices reach a replica from now on, and when that is, no broker tells.
  const isTold = () => person.createTask().then(() => tellers().length === SERVICE_NAMES.length)
  await pollUntil(isTold, { timeoutMs: 30_000, intervalMs: 500, what: 'spans of every sidecar' })
  expect(tellers()).toEqual(SERVICE_NAMES)
}, 120_000)
