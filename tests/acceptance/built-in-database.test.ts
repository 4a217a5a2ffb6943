// @module-tag slow
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { pollUntil } from '@todo/platform/testing/poll-until'
import { startApp } from './mode.ts'
import type { App } from './mode.ts'
import type { Person } from './support/person.ts'

let app: App
let ada: Person
beforeAll(async () => {
  app = await startApp({ database: 'built-in' })
  ada = await app.signUp()
})
afterAll(() => app.close())

test('kill -9 of the app and a new start: all is there, and nothing has to be tidied up by hand', async () => {
  const task = await ada.createTask({
    title: 'Kept',
    due: { date: '2040-01-01' },
    recurrence: { rule: 'FREQ=DAILY' },
  })
  await ada.complete(task)
  await ada.nextAfter(task)
  await app.kill()
  await app.restart()
  expect((await ada.occurrences(task)).map(({ completedAt }) => completedAt === null)).toEqual([false, true])
  const story = async () => (await ada.history(task)).map(({ type }) => type)
  await expect.poll(story, { timeout: 10_000 }).toEqual(['task.completed', 'task.created'])
})

test('Ctrl-C and a new start: the session is still good', async () => {
  expect(await app.stop()).toBe(0)
  await app.restart()
  expect((await ada.call('GET', '/me')).status).toBe(200)
})

test('kill -9 of the database: it comes back by itself, with all that was answered before', async () => {
  const task = await ada.createTask({ title: 'Before' })
  const pid = Number((await readFile(join(app.dataFolder, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0])
  process.kill(pid, 'SIGKILL')
  const statuses = new Set<number>()
  const answered = async () => {
    const { status } = await ada.call('GET', `/tasks/${task.id}`)
    statuses.add(status)
    const ready = await fetch(`${app.url}/readyz`)
    return status === 200 && ready.status === 200 && (await databasePid()) !== pid
  }
  const databasePid = async () =>
    Number((await readFile(join(app.dataFolder, 'postgres', 'postmaster.pid'), 'utf8')).split('\n')[0])
  await pollUntil(answered, { timeoutMs: 20_000, what: 'the database is back' })
  expect(app.failures()).toEqual([])
  expect([...statuses].filter((status) => status !== 200 && status !== 503)).toEqual([])
  await ada.complete(task)
  expect((await ada.task(task.id)).completedAt).not.toBeNull()
}, 40_000)
