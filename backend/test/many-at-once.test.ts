import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Task } from '@todo/model/task'
import { createBackend } from './harness.ts'
import type { Client, TestBackend } from './harness.ts'

let backend: TestBackend
let ada: Client
beforeAll(async () => {
  backend = await createBackend()
  ada = await backend.signUp()
})
afterAll(() => backend.close())

test('a bulk change happens to all or to none, under one batch id', async () => {
  const [a, b] = [await ada.createTask({ title: 'a' }), await ada.createTask({ title: 'b' })]
  const { body } = await ada.call('POST', '/tasks/batch', { action: 'complete', ids: [b.id, a.id] })
  expect(body.items.map((task: Task) => task.title)).toEqual(['b', 'a'])
  expect((await backend.event('task.completed', a.id)).data).toMatchObject({ batchId: body.batchId })
  const missing = await ada.call('POST', '/tasks/batch', {
    action: 'reopen',
    ids: [a.id, '0192f0c1-2b3c-7d4e-8f90-a1b2c3d4e5f6'],
  })
  expect(missing.status).toBe(404)
  expect((await ada.call('GET', `/tasks/${a.id}`)).body.completedAt).not.toBeNull()
})

test('many tasks are changed each in its own way, all or none, under one batch id', async () => {
  const [a, b] = [await ada.createTask({ title: 'a', tags: ['home'] }), await ada.createTask({ title: 'b' })]
  const change = (...patches: object[]) => ada.call('POST', '/tasks/batch', { action: 'change', patches })
  const { body } = await change(
    { id: b.id, patch: { due: { date: '2027-03-01' } } },
    { id: a.id, patch: { tags: ['home', 'work'], priority: 'high' } },
  )
  expect(body.items).toMatchObject([
    { title: 'b', due: { date: '2027-03-01' }, priority: 'medium', version: 2 },
    { title: 'a', due: null, tags: ['home', 'work'], priority: 'high', version: 2 },
  ])
  expect((await backend.event('task.updated', a.id)).data).toMatchObject({ batchId: body.batchId })
  const fieldsOf = async (...patches: object[]) => {
    const { status, body: problem } = await change(...patches)
    return [status, problem.errors[0].field]
  }
  const broken = { recurrence: { rule: 'FREQ=SOMETIMES' } }
  expect(await fieldsOf({ id: b.id, patch: {} }, { id: a.id, patch: broken })).toEqual([
    400,
    'patches.1.patch.recurrence.rule',
  ])
  expect(await fieldsOf({ id: a.id, patch: { due: null } }, { id: a.id, patch: {} })).toEqual([400, 'patches'])
  await ada.call('DELETE', `/tasks/${a.id}`)
  const refused = await change({ id: b.id, patch: { title: 'never' } }, { id: a.id, patch: { title: 'in the bin' } })
  expect(refused.status).toBe(409)
  expect((await ada.call('GET', `/tasks/${b.id}`)).body).toMatchObject({ title: 'b', version: 2 })
})

test('tasks are put in order after another, and stay so', async () => {
  const list = (await ada.call('POST', '/lists', { name: 'Order' })).body.id
  const [a, b, c, d] = await Promise.all(
    ['a', 'b', 'c', 'd'].map((title) => ada.createTask({ title, listId: list })),
  ).then((all) => all.toSorted((x, y) => (x.rank < y.rank ? -1 : 1)))
  await ada.call('POST', `/tasks/${d!.id}/reorder`, { after: null })
  await ada.call('POST', '/tasks/batch', { action: 'reorder', ids: [b!.id, a!.id], after: c!.id })
  const { body } = await ada.call('GET', `/tasks?listId=${list}&sort=manual`)
  expect(body.items.map((task: Task) => task.id)).toEqual([d!.id, c!.id, b!.id, a!.id])
})

test('a moved task is at the end of the other list', async () => {
  const list = (await ada.call('POST', '/lists', { name: 'There' })).body.id
  await ada.createTask({ title: 'first', listId: list })
  const task = await ada.createTask({ title: 'second' })
  const moved = await ada.call('POST', `/tasks/${task.id}/move`, { listId: list })
  expect(moved.body.listId).toBe(list)
  const { body } = await ada.call('GET', `/tasks?listId=${list}&sort=manual`)
  expect(body.items.map((item: Task) => item.title)).toEqual(['first', 'second'])
})

test('many due dates and a change of the time zone at the same time do not wait for each other for ever', async () => {
  const person = await backend.signUp('Zoe')
  const tasks: Task[] = []
  for (let n = 0; n < 40; n += 1) tasks.push(await person.createTask({ title: `${n}`, due: { date: '2027-01-01' } }))
  const { pool } = backend.testDatabase.database
  const deadlocks = async () => {
    await pool.query('select pg_stat_force_next_flush()')
    return Number(
      (await pool.query('select deadlocks from pg_stat_database where datname = current_database()')).rows[0].deadlocks,
    )
  }
  const before = await deadlocks()
  for (let round = 1; round <= 6; round += 1) {
    const patches = tasks.map(({ id }) => ({ id, patch: { due: { date: `2027-02-0${round}` } } }))
    const answers = await Promise.all([
      person.call('POST', '/tasks/batch', { action: 'change', patches }),
      person.call('PATCH', '/me', { timeZone: round % 2 ? 'Asia/Tokyo' : 'Europe/Lisbon' }),
      person.call('POST', '/tasks/batch', { action: 'change', patches: patches.toReversed() }),
    ])
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200])
  }
  expect(await deadlocks()).toBe(before)
})

test('a refusal says which of the many it is about, by If-Match too', async () => {
  const [a, b] = [await ada.createTask({ title: 'a' }), await ada.createTask({ title: 'b' })]
  const refusal = async (patch: object, more: object = {}) => {
    const patches = [
      { id: a.id, patch: { notes: 'never' } },
      { id: b.id, patch, ...more },
    ]
    const { status, body } = await ada.call('POST', '/tasks/batch', { action: 'change', patches })
    return [status, body.errors?.[0].field ?? body.detail.split(':')[0]]
  }
  const early = [{ kind: 'relative', minutesBefore: 10 }]
  expect(await refusal({ reminders: early })).toEqual([400, 'patches.1.patch.reminders.0'])
  expect(await refusal({ title: 'c' }, { ifVersion: 7 })).toEqual([409, 'patches.1'])
  expect((await ada.call('GET', `/tasks/${a.id}`)).body).toMatchObject({ notes: '', version: 1 })
})
