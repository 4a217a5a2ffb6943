import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createBackend } from './harness.ts'
import type { Client, TestBackend } from './harness.ts'

/** A Wednesday morning in Lisbon. */
const NOW = new Date('2026-12-02T10:00:00Z')
const LINE = 'Pay rent every 1st 9am !high #home /Finance remind 1d before'

let backend: TestBackend
let ada: Client
let financeId: string
let inboxId: string

beforeAll(async () => {
  backend = await createBackend()
  ada = await backend.signUp()
  financeId = (await ada.call('POST', '/lists', { name: 'Finance' })).body.id
  inboxId = (await ada.call('GET', '/me')).body.inboxId
})
afterEach(() => backend.setNow(null))
afterAll(() => backend.close())

async function quick(text: string, more: Record<string, unknown> = {}, headers: Record<string, string> = {}) {
  backend.setNow(NOW)
  return ada.call('POST', '/tasks/quick', { text, ...more }, headers)
}

const taskOf = async (text: string, more: Record<string, unknown> = {}) => (await quick(text, more)).body.task

describe('a line', () => {
  test('sets a reminder that comes until the task is done', async () => {
    const { reminders } = await taskOf('Call friday 9am remind 1h before every 30 min until done')
    expect(reminders).toMatchObject([{ kind: 'relative', minutesBefore: 60, repeatMinutes: 30 }])
  })

  test('makes a task with all that it says, and tells what was understood', async () => {
    const { status, headers, body } = await quick(LINE)
    expect(status).toBe(201)
    expect(headers['etag']).toBe('"1"')
    expect(body.task).toMatchObject({
      title: 'Pay rent',
      listId: financeId,
      priority: 'high',
      tags: ['home'],
      due: { date: '2027-01-01', time: '09:00', timeZone: 'Europe/Lisbon' },
      dueAt: '2027-01-01T09:00:00.000Z',
      recurrence: {
        rule: 'FREQ=MONTHLY;BYMONTHDAY=1',
        anchor: 'due',
        start: '2027-01-01T09:00:00',
        exceptions: [],
        additions: [],
      },
      occurrenceNumber: 1,
      reminders: [{ kind: 'relative', minutesBefore: 1440 }],
      version: 1,
    })
    expect(body.parts.map(({ kind, text }: { kind: string; text: string }) => [kind, text])).toEqual([
      ['recurrence', 'every 1st 9am'],
      ['priority', '!high'],
      ['tag', '#home'],
      ['list', '/Finance'],
      ['reminder', 'remind 1d before'],
    ])
    expect((await ada.call('GET', `/tasks/${body.task.id}`)).body).toEqual(body.task)
  })

  test('is a title and no more where nothing is understood', async () => {
    const { body } = await quick('May I have a word')
    expect(body.parts).toEqual([])
    expect(body.task).toMatchObject({ title: 'May I have a word', listId: inboxId, priority: 'medium', due: null })
  })

  test('goes into the list that is given, unless it names another', async () => {
    expect(await taskOf('Sum up', { listId: financeId })).toMatchObject({ listId: financeId, title: 'Sum up' })
    const other = (await ada.call('POST', '/lists', { name: 'Home and garden' })).body.id
    expect(await taskOf('Mow /home and garden', { listId: financeId })).toMatchObject({ listId: other, title: 'Mow' })
  })

  test('does not say what the person has taken back', async () => {
    const plain = [{ kind: 'due', text: 'tomorrow' }]
    const { body } = await quick('Watch tomorrow #film', { plain })
    expect(body.task).toMatchObject({ title: 'Watch tomorrow', due: null, tags: ['film'] })
  })

  test("is read in the person's zone and by the beginning of their week", async () => {
    expect(await taskOf('Plan next week')).toMatchObject({ due: { date: '2026-12-07' } })
    await ada.call('PATCH', '/me', { timeZone: 'Pacific/Kiritimati', weekStart: 7 })
    expect(await taskOf('Plan next week')).toMatchObject({ due: { date: '2026-12-06' } })
    expect(await taskOf('Call tomorrow 9am')).toMatchObject({
      due: { date: '2026-12-04', time: '09:00', timeZone: 'Pacific/Kiritimati' },
    })
    await ada.call('PATCH', '/me', { timeZone: 'Europe/Lisbon', weekStart: 1 })
  })

  test("names no list of another person's, nor one in the bin", async () => {
    const bob = await backend.signUp('Bob')
    await bob.call('POST', '/lists', { name: 'Treasure' })
    const gone = (await ada.call('POST', '/lists', { name: 'Gone' })).body.id
    await ada.call('DELETE', `/lists/${gone}`)
    expect(await taskOf('Dig /Treasure')).toMatchObject({ title: 'Dig /Treasure', listId: inboxId })
    expect(await taskOf('Dig /Gone')).toMatchObject({ title: 'Dig /Gone', listId: inboxId })
  })
})

test('it is created as every task is: with its event, its origin and its alarms', async () => {
  const headers = { 'x-client-id': 'tab-7', 'x-mutation-id': 'm-1' }
  const { task } = (await quick(LINE, {}, headers)).body
  const event = await backend.event('task.created', task.id)
  expect(event.data).toMatchObject({
    taskId: task.id,
    listId: financeId,
    priority: 'high',
    seriesId: task.seriesId,
    occurrenceAt: '2027-01-01T09:00:00',
    actor: { kind: 'user', id: ada.userId },
    clientId: 'tab-7',
    mutationId: 'm-1',
  })
  const alarms = [...backend.jobs.values()].filter(({ data }) => (data as { taskId?: string }).taskId === task.id)
  expect(alarms.map(({ at }) => at.toISOString())).toEqual(['2026-12-31T09:00:00.000Z'])
})

test('sent again with its Idempotency-Key it is one task, also on another day', async () => {
  const key = { 'idempotency-key': 'quick-once' }
  const first = await quick('Once tomorrow', {}, key)
  backend.setNow(new Date(NOW.getTime() + 20 * 3_600_000))
  const again = await ada.call('POST', '/tasks/quick', { text: 'Once tomorrow' }, key)
  expect([again.status, again.body]).toEqual([201, first.body])
  expect((await quick('Once today', {}, key)).body).toMatchObject({ status: 422, code: 'idempotency-mismatch' })
})

test('what cannot be a task is refused with what would be right', async () => {
  const refused = async (body: Record<string, unknown>) => {
    const answer = await ada.call('POST', '/tasks/quick', body)
    expect(answer.headers['content-type']).toContain('application/problem+json')
    return [answer.status, answer.body.errors?.[0]?.field ?? answer.body.code]
  }
  expect(await refused({})).toEqual([400, 'text'])
  expect(await refused({ text: ' \n ' })).toEqual([400, 'text'])
  expect(await refused({ text: '\u200b' })).toEqual([400, 'text'])
  expect(await refused({ text: 'x'.repeat(1_001) })).toEqual([400, 'text'])
  expect(await refused({ text: `${'x'.repeat(501)} tomorrow` })).toEqual([400, 'text'])
  expect(await refused({ text: 'x', title: 'x' })).toEqual([400, 'title'])
  expect(await refused({ text: 'x', listId: 'inbox' })).toEqual([400, 'listId'])
  expect(await refused({ text: 'x', plain: [{ kind: 'colour' }] })).toEqual([400, 'plain.0.kind'])
  expect(await refused({ text: 'x', listId: '0192f0c1-2b3c-7d4e-8f90-a1b2c3d4e5f6' })).toEqual([404, 'not-found'])
  const long = await ada.call('POST', '/tasks/quick', { text: `${'x'.repeat(501)} tomorrow` })
  expect(long.body.errors[0].message).toBe('leaves a title of more than 500 characters: make it shorter')
})
