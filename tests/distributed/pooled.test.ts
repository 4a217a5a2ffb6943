import { expect, inject, onTestFinished, test } from 'vitest'
import { startPgBouncer } from '@todo/platform/testing/pgbouncer'
import { pollUntil } from '@todo/platform/testing/poll-until'
import { createTestDatabase } from '@todo/platform/testing/test-database'
import { Person } from '../acceptance/support/person.ts'
import { makeDataFolder, runDistributed } from './support/distributed-app.ts'

async function completeOne(person: Person): Promise<void> {
  const task = await person.createTask({ due: { date: '2026-01-05' }, recurrence: { rule: 'FREQ=DAILY' } })
  await person.complete(task)
  const next = await person.nextAfter(task, 30_000)
  await pollUntil(async () => (await person.history(next)).length > 0, { timeoutMs: 30_000, what: 'its history' })
}

test('the services work through a pooler in transaction mode, also after one of them died, and not without it', async () => {
  const database = await createTestDatabase()
  onTestFinished(database.close)
  const pooler = await startPgBouncer(inject('postgresUrl'))
  onTestFinished(pooler.close)
  const app = runDistributed(await makeDataFolder(), {
    DATABASE_URL: database.url,
    DATABASE_POOLED_URL: pooler.urlOf(database.url),
    DATABASE_CONNECTIONS: '6',
  })
  const person = await new Person(await app.url(), 'ada@example.org').signUp('Ada')
  await completeOne(person)

  const pid = (await app.processes()).find(({ name }) => name === 'backend')?.pid ?? 0
  process.kill(pid, 'SIGKILL')
  await pollUntil(() => app.said().includes('backend runs again'), { timeoutMs: 30_000, what: 'another backend' })
  await pollUntil(() => completeOne(person).then(() => true), { timeoutMs: 60_000, what: 'all of it works again' })

  await pooler.close()
  await pollUntil(async () => {
    await fetch(`${person.url}/api/v1/tasks`).catch(() => null)
    return (await fetch(`${person.url}/readyz`)).status === 503
  })
  app.kill('SIGINT')
  expect(await app.ended).toBe(0)
}, 120_000)
