import { describe, expect, test } from 'vitest'
import { v7 as uuidv7 } from 'uuid'
import type { Task } from '@todo/model/task'
import type { App } from './mode.ts'
import { beforeAll } from './shared-app.ts'
import { day } from './support/days.ts'
import type { Person } from './support/person.ts'

let app: App
let ada: Person
beforeAll(async ({ sharedApp }) => {
  app = sharedApp
  ada = await app.signUp()
})

describe('a task', () => {
  test('needs no more than a title: it is in the Inbox, open, of medium priority', async () => {
    const { inboxId } = await ada.ok('GET', '/me')
    const task = await ada.createTask({ title: '  Buy\n milk ' })
    expect(task).toMatchObject({
      title: 'Buy milk',
      listId: inboxId,
      priority: 'medium',
      tags: [],
      due: null,
      completedAt: null,
      version: 1,
    })
    expect(await ada.task(task.id)).toEqual(task)
  })

  test('keeps all that it was given, as it was given', async () => {
    const list = await ada.ok('POST', '/lists', { name: 'Trip', color: 'teal' })
    const given = {
      listId: list.id,
      title: 'Book the train ✈️ → 🚂 “Lisboa”',
      notes: '# Plan\n\n- window seat\n- <b>not bold</b> & not escaped',
      priority: 'high',
      tags: ['travel', 'Reise', 'ação'],
      due: { date: day(5), time: '17:30', timeZone: 'America/New_York' },
      reminders: [{ id: uuidv7(), kind: 'relative', minutesBefore: 90 }],
      subtasks: [{ id: uuidv7(), title: 'Compare', completedAt: null }],
    }
    const task = await ada.createTask(given)
    const { reminders, ...rest } = given
    expect(await ada.task(task.id)).toMatchObject(rest)
    expect(task.reminders).toMatchObject([{ kind: 'relative', minutesBefore: reminders[0]!.minutesBefore }])
    expect(Date.parse(task.dueAt!) % 60_000).toBe(0)
  })

  test('is changed in one field without touching the others', async () => {
    const task = await ada.createTask({ title: 'Old', notes: 'keep me', tags: ['a'], due: { date: day(1) } })
    const changed = await ada.ok('PATCH', `/tasks/${task.id}`, { title: 'New', due: null })
    expect(changed).toMatchObject({ title: 'New', notes: 'keep me', tags: ['a'], due: null, version: 2 })
  })

  test('is completed once, however often it is completed', async () => {
    const task = await ada.createTask()
    const answers = await Promise.all(Array.from({ length: 5 }, () => ada.complete(task)))
    expect(new Set(answers.map(({ completedAt }) => completedAt)).size).toBe(1)
    expect((await ada.task(task.id)).version).toBe(2)
    expect(await ada.ok('POST', `/tasks/${task.id}/reopen`)).toMatchObject({ completedAt: null, version: 3 })
  })

  test('that was deleted is in the bin, and comes back as it was', async () => {
    const task = await ada.createTask({ title: 'Oops', tags: ['keep'], subtasks: [{ title: 'part' }] })
    await ada.ok('DELETE', `/tasks/${task.id}`)
    expect(await ada.titles('state=open')).not.toContain('Oops')
    expect(await ada.titles('state=deleted')).toContain('Oops')
    expect((await ada.call('POST', `/tasks/${task.id}/complete`)).status).toBe(409)
    const { version: _version, updatedAt: _updated, ...before } = task
    expect(await ada.ok('POST', `/tasks/${task.id}/restore`)).toMatchObject(before)
  })

  test('moves to another list, and to another place in its list', async () => {
    const list = await ada.ok('POST', '/lists', { name: 'Ordered' })
    const [a, b, c] = await inOrder(list.id, ['a', 'b', 'c'])
    await ada.ok('POST', `/tasks/${c!.id}/reorder`, { after: null })
    expect(await ada.titles(`listId=${list.id}&sort=manual`)).toEqual(['c', 'a', 'b'])
    await ada.ok('POST', `/tasks/${a!.id}/reorder`, { after: b!.id })
    expect(await ada.titles(`listId=${list.id}&sort=manual`)).toEqual(['c', 'b', 'a'])
    const { inboxId } = await ada.ok('GET', '/me')
    await ada.ok('POST', `/tasks/${b!.id}/move`, { listId: inboxId })
    expect(await ada.titles(`listId=${list.id}&sort=manual`)).toEqual(['c', 'a'])
  })

  test('has a checklist', async () => {
    const task = await ada.createTask({ title: 'Pack' })
    const { subtasks } = await ada.ok('POST', `/tasks/${task.id}/subtasks`, { title: 'Socks' })
    const path = `/tasks/${task.id}/subtasks/${subtasks[0].id}`
    expect((await ada.ok('PATCH', path, { completed: true })).subtasks[0].completedAt).toEqual(expect.any(String))
    expect((await ada.ok('PATCH', path, { title: 'Wool socks' })).subtasks[0]).toMatchObject({
      title: 'Wool socks',
      completedAt: expect.any(String),
    })
    expect((await ada.ok('DELETE', path)).subtasks).toEqual([])
  })
})

async function inOrder(listId: string, titles: string[]): Promise<Task[]> {
  const tasks: Task[] = []
  for (const title of titles) tasks.push(await ada.createTask({ title, listId }))
  return tasks
}

describe('many tasks at once', () => {
  test('are completed, reopened, moved, deleted and restored by one request, all or none', async () => {
    const list = await ada.ok('POST', '/lists', { name: 'Many' })
    const ids = (await inOrder(list.id, ['1', '2', '3'])).map(({ id }) => id)
    for (const [action, state] of [
      ['complete', 'completed'],
      ['reopen', 'open'],
      ['delete', 'deleted'],
      ['restore', 'open'],
    ]) {
      const { items } = await ada.ok('POST', '/tasks/batch', { action, ids })
      expect(items.map((task: Task) => task.id)).toEqual(ids)
      const there = (await ada.tasks(`state=${state}`)).map(({ id }) => id)
      expect(there).toEqual(expect.arrayContaining(ids))
    }
    const refused = await ada.call('POST', '/tasks/batch', { action: 'complete', ids: [...ids, uuidv7()] })
    expect(refused.status).toBe(404)
    expect(await ada.titles(`listId=${list.id}&state=completed`)).toEqual([])
    await ada.ok('POST', '/tasks/batch', { action: 'reorder', ids: ids.toReversed(), after: null })
    expect(await ada.titles(`listId=${list.id}&sort=manual`)).toEqual(['3', '2', '1'])
  })
})

describe('two who write at once', () => {
  test('If-Match keeps the second from overwriting the first, and shows what is there now', async () => {
    const task = await ada.createTask({ title: 'Shared' })
    const { headers } = await ada.call('GET', `/tasks/${task.id}`)
    const ifMatch = { 'if-match': headers.get('etag')! }
    await ada.ok('PATCH', `/tasks/${task.id}`, { title: 'First' }, ifMatch)
    const late = await ada.call('PATCH', `/tasks/${task.id}`, { title: 'Second' }, ifMatch)
    expect(late).toMatchObject({
      status: 409,
      body: { code: 'version-conflict', current: { title: 'First', version: 2 } },
    })
    expect((await ada.call('DELETE', `/tasks/${task.id}`, undefined, ifMatch)).status).toBe(409)
    expect((await ada.task(task.id)).title).toBe('First')
  })

  test('If-Match guards lists too', async () => {
    const list = await ada.ok('POST', '/lists', { name: 'Shared' })
    const ifMatch = { 'if-match': `"${list.version}"` }
    await ada.ok('PATCH', `/lists/${list.id}`, { name: 'First' }, ifMatch)
    const late = await ada.call('PATCH', `/lists/${list.id}`, { name: 'Second' }, ifMatch)
    expect(late).toMatchObject({ status: 409, body: { code: 'version-conflict', current: { name: 'First' } } })
    expect((await ada.call('DELETE', `/lists/${list.id}`, undefined, ifMatch)).status).toBe(409)
    const deleted = await ada.ok('DELETE', `/lists/${list.id}`, undefined, { 'if-match': '"2"' })
    expect((await ada.call('POST', `/lists/${list.id}/restore`, undefined, ifMatch)).status).toBe(409)
    await ada.ok('POST', `/lists/${list.id}/restore`, undefined, { 'if-match': `"${deleted.version}"` })
  })

  test('of 20 writers with the same If-Match one succeeds', async () => {
    const task = await ada.createTask({ title: 'Race' })
    const writes = Array.from({ length: 20 }, (_, n) =>
      ada.call('PATCH', `/tasks/${task.id}`, { title: `Writer ${n}` }, { 'if-match': '"1"' }),
    )
    const statuses = (await Promise.all(writes)).map(({ status }) => status)
    expect(statuses.filter((status) => status === 200)).toHaveLength(1)
    expect(statuses.filter((status) => status === 409)).toHaveLength(19)
  })

  test('20 writers of different fields all keep theirs', async () => {
    const task = await ada.createTask({ title: 'Checklist' })
    await Promise.all(
      Array.from({ length: 20 }, (_, n) => ada.ok('POST', `/tasks/${task.id}/subtasks`, { title: `part ${n}` })),
    )
    expect((await ada.task(task.id)).subtasks).toHaveLength(20)
    expect((await ada.task(task.id)).version).toBe(21)
  })
})

describe('lists', () => {
  test('are renamed, recoloured, deleted with what is in them, and brought back with it', async () => {
    const list = await ada.ok('POST', '/lists', { name: 'Garden', color: 'green' })
    const task = await ada.createTask({ title: 'Prune the roses', listId: list.id })
    expect(await ada.ok('PATCH', `/lists/${list.id}`, { name: 'Balcony', color: 'red' })).toMatchObject({
      name: 'Balcony',
      color: 'red',
      openTasks: 1,
    })
    await ada.ok('DELETE', `/lists/${list.id}`)
    expect((await ada.call('GET', `/tasks/${task.id}`)).status).toBe(404)
    expect(await ada.titles('q=roses')).toEqual([])
    await ada.ok('POST', `/lists/${list.id}/restore`)
    expect(await ada.titles('q=roses')).toEqual(['Prune the roses'])
  })

  test('of which the Inbox stays', async () => {
    const { inboxId } = await ada.ok('GET', '/me')
    expect((await ada.call('DELETE', `/lists/${inboxId}`)).status).toBe(409)
    expect((await ada.call('PATCH', `/lists/${inboxId}`, { name: 'x' })).status).toBe(409)
  })
})

test('a calendar of another program becomes tasks, once; what cannot be kept is said line by line', async () => {
  const calendar = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'BEGIN:VTODO',
    'UID:one@example.org',
    'SUMMARY:Water the roses',
    'DUE;TZID=Europe/Lisbon:20400101T090000',
    'RRULE:FREQ=DAILY',
    'PRIORITY:1',
    'CATEGORIES:garden',
    'ATTENDEE:mailto:bob@example.org',
    'END:VTODO',
    'END:VCALENDAR',
  ].join('\r\n')
  const send = () => ada.ok('POST', '/import/ics', calendar, { 'content-type': 'text/calendar' })
  const { created, notKept } = await send()
  expect(notKept).toMatchObject([{ line: 10, content: expect.stringContaining('ATTENDEE') }])
  expect(await ada.task(created[0].taskId)).toMatchObject({
    title: 'Water the roses',
    due: { date: '2040-01-01', time: '09:00', timeZone: 'Europe/Lisbon' },
    recurrence: { rule: 'FREQ=DAILY' },
    priority: 'high',
    tags: ['garden'],
  })
  expect(await send()).toMatchObject({ created: [], unchanged: [{ title: 'Water the roses' }] })
})
