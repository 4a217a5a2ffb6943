import { expect, test } from 'vitest'
import type { HistoryEntry } from '@todo/model/api'
import type { Task } from '@todo/model/task'
import { pollUntil } from '@todo/platform/testing/poll-until'
import type { App } from './mode.ts'
import { beforeAll } from './shared-app.ts'
import type { Person } from './support/person.ts'

let app: App
let ada: Person
beforeAll(async ({ sharedApp }) => {
  app = sharedApp
  ada = await app.signUp('Ada')
})

/** Oldest first, as soon as it tells of this version. */
async function story(task: Task, version: number): Promise<HistoryEntry[]> {
  const whole = async () => {
    const entries = await ada.history(task)
    return entries.some((entry) => entry.version === version) && entries.toReversed()
  }
  return pollUntil(whole, { what: `version ${version} in the history` })
}

test('the history tells who changed what, when, from what to what', async () => {
  const startedAt = new Date().toISOString()
  const task = await ada.createTask({ title: 'Draft', priority: 'low' })
  await ada.ok('PATCH', `/tasks/${task.id}`, { title: 'Final', tags: ['done'], due: { date: '2040-01-01' } })
  await ada.complete(task)
  await ada.ok('POST', `/tasks/${task.id}/reopen`)
  await ada.ok('DELETE', `/tasks/${task.id}`)
  await ada.ok('POST', `/tasks/${task.id}/restore`)
  const entries = await story(task, 6)
  expect(entries.map(({ type, version }) => [type, version])).toEqual([
    ['task.created', 1],
    ['task.updated', 2],
    ['task.completed', 3],
    ['task.reopened', 4],
    ['task.deleted', 5],
    ['task.restored', 6],
  ])
  const { id } = await ada.ok('GET', '/me')
  for (const entry of entries) {
    expect(entry.actor).toEqual({ kind: 'user', id, name: 'Ada' })
    expect(entry.at >= startedAt).toBe(true)
  }
  expect(entries[0]!.changes).toMatchObject({ title: [null, 'Draft'], priority: [null, 'low'] })
  expect(entries[1]!.changes).toEqual({
    title: ['Draft', 'Final'],
    tags: [[], ['done']],
    due: [null, { date: '2040-01-01', time: null, timeZone: null }],
  })
  expect(entries[2]!.changes).toEqual({ completedAt: [null, expect.any(String)] })
})

test('what the system did is told as such: the next occurrence, the reminder that fired', async () => {
  const task = await ada.createTask({
    title: 'Series',
    due: { date: '2040-01-01' },
    recurrence: { rule: 'FREQ=DAILY' },
    reminders: [{ kind: 'absolute', at: new Date().toISOString() }],
  })
  const reminders = async () => (await ada.history(task)).filter(({ type }) => type.startsWith('reminder.'))
  const told = await pollUntil(async () => (await reminders()).length >= 2 && reminders())
  expect(new Set(told.map(({ actor }) => actor.kind))).toEqual(new Set(['system']))
  await ada.complete(task)
  const next = await ada.nextAfter(task)
  const [made] = await story(next, 1)
  expect(made).toMatchObject({ type: 'task.created', actor: { kind: 'system', name: null } })
})

test('a change without an effect leaves no line, and one field changed twice leaves two', async () => {
  const task = await ada.createTask({ title: 'Same', notes: 'n' })
  await ada.ok('PATCH', `/tasks/${task.id}`, { title: 'Same', notes: 'n' })
  await ada.ok('PATCH', `/tasks/${task.id}`, { title: 'B' })
  await ada.ok('PATCH', `/tasks/${task.id}`, { title: 'C' })
  const titles = (await story(task, 3)).map(({ changes }) => changes.title)
  expect(titles).toEqual([
    [null, 'Same'],
    ['Same', 'B'],
    ['B', 'C'],
  ])
})

test('a long history comes in pages, newest first, with no line twice and none missing', async () => {
  const task = await ada.createTask({ title: 'Long' })
  await Promise.all(
    Array.from({ length: 40 }, (_, n) => ada.ok('POST', `/tasks/${task.id}/subtasks`, { title: `${n}` })),
  )
  await story(task, 41)
  const versions: number[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const page: { items: HistoryEntry[]; nextCursor: string | null } = await ada.ok(
      'GET',
      `/tasks/${task.id}/history?limit=7${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
    )
    versions.push(...page.items.map(({ version }) => version!))
    cursor = page.nextCursor
  }
  expect(versions).toEqual(Array.from({ length: 41 }, (_, n) => 41 - n))
})

test('the changes of one bulk request have their own line each', async () => {
  const tasks = [await ada.createTask({ title: 'x' }), await ada.createTask({ title: 'y' })]
  await ada.ok('POST', '/tasks/batch', { action: 'complete', ids: tasks.map(({ id }) => id) })
  for (const task of tasks) expect((await story(task, 2)).map(({ type }) => type)).toContain('task.completed')
})
