import { afterAll, beforeAll, expect, test } from 'vitest'
import { pollUntil } from '@todo/platform/testing/poll-until'
import { createBackend } from './harness.ts'
import type { Client, TestBackend } from './harness.ts'
import { holdLists } from './held-lists.ts'
import { calendar as calendarOfLines, vtodo } from './import/calendar-text.ts'

let backend: TestBackend
let ada: Client
beforeAll(async () => {
  backend = await createBackend()
  ada = await backend.signUp()
})
afterAll(() => backend.close())

const calendar = (...lines: string[]) => calendarOfLines('PRODID:-//Test//EN', ...lines)
const todo = (uid: string, ...lines: string[]) => vtodo(`UID:${uid}`, 'DTSTAMP:20260101T000000Z', ...lines)

const send = (client: Client, text: string, query = '') =>
  client.call('POST', `/import/ics${query}`, text, { 'content-type': 'text/calendar' })

test('a calendar becomes tasks with what they had, and the same file twice makes none twice', async () => {
  const list = (await ada.call('POST', '/lists', { name: 'Imported' })).body.id
  const text = calendar(
    ...todo(
      'a',
      'SUMMARY:Water plants',
      'DUE;TZID=Europe/Berlin:20270301T180000',
      'RRULE:FREQ=DAILY;INTERVAL=3',
      'PRIORITY:1',
      'CATEGORIES:home',
    ),
    ...todo('b', 'SUMMARY:Old', 'STATUS:COMPLETED', 'COMPLETED:20250102T100000Z'),
    ...todo('c', 'SUMMARY:Meet', 'ATTENDEE:mailto:x@example.org'),
  )
  const first = await send(ada, text, `?listId=${list}`)
  expect(first.status, JSON.stringify(first.body)).toBe(200)
  expect(first.body.created.map((task: { title: string }) => task.title).toSorted()).toEqual([
    'Meet',
    'Old',
    'Water plants',
  ])
  expect(first.body.notKept).toEqual([
    { line: expect.any(Number), content: expect.stringContaining('ATTENDEE'), reason: expect.any(String) },
  ])
  const { body } = await ada.call('GET', `/tasks?listId=${list}&state=all`)
  expect(body.items.find((task: { title: string }) => task.title === 'Water plants')).toMatchObject({
    due: { date: '2027-03-01', time: '18:00', timeZone: 'Europe/Berlin' },
    recurrence: { rule: 'FREQ=DAILY;INTERVAL=3' },
    priority: 'high',
    tags: ['home'],
  })
  expect(body.items.find((task: { title: string }) => task.title === 'Old').completedAt).toBe(
    '2025-01-02T10:00:00.000Z',
  )
  const again = await send(ada, text, `?listId=${list}`)
  expect([again.body.created.length, again.body.unchanged.length]).toEqual([0, 3])
  expect((await ada.call('GET', `/tasks?listId=${list}&state=all`)).body.items).toHaveLength(3)
})

test('two people may import the same file, each gets their own tasks', async () => {
  const bob = await backend.signUp('Bob')
  const text = calendar(...todo('shared-uid', 'SUMMARY:Ours'))
  expect((await send(ada, text)).body.created).toHaveLength(1)
  expect((await send(bob, text)).body.created).toHaveLength(1)
})

test('what is no calendar is refused with what to do, and other kinds of bodies too', async () => {
  const notCalendar = await send(ada, 'hello')
  expect(notCalendar).toMatchObject({
    status: 400,
    body: { code: 'invalid-request', detail: expect.stringContaining('iCalendar') },
  })
  const json = await ada.call('POST', '/import/ics', { a: 1 })
  expect(json).toMatchObject({
    status: 415,
    body: { code: 'unsupported-media-type', detail: 'Send the file as text/calendar.' },
  })
})

test('a list that is not yours is not there', async () => {
  const bob = await backend.signUp('Bob')
  const list = (await bob.call('GET', '/me')).body.inboxId
  expect((await send(ada, calendar(...todo('x', 'SUMMARY:x')), `?listId=${list}`)).status).toBe(404)
})

test('a file that is too large is refused with how large it may be, and what to do', async () => {
  const answer = await send(ada, 'x'.repeat(10 * 1024 * 1024 + 1))
  expect(answer).toMatchObject({ status: 413, body: { code: 'too-large' } })
  expect(answer.body.detail).toBe('The file is larger than 10 MiB: export fewer lists or a shorter time at once.')
})

test('the description of the API says how large a file may be', async () => {
  const document = (await backend.app.inject('/api/openapi.json')).json()
  expect(document.paths['/api/v1/import/ics'].post.description).toContain(
    'at most 10 MiB, 10,000 to-dos and events, and 500,000 lines',
  )
})

test('every POST takes an Idempotency-Key, but for the preview, which changes nothing', async () => {
  const { paths, info } = (await backend.app.inject('/api/openapi.json')).json()
  const takesNone = Object.keys(paths).filter((path) => {
    const parameters: { name: string }[] = paths[path].post?.parameters ?? []
    return path.startsWith('/api/v1') && paths[path].post && !parameters.some(({ name }) => name === 'Idempotency-Key')
  })
  expect(takesNone).toEqual(['/api/v1/recurrence/preview'])
  expect(info.description).toContain('Only /recurrence/preview takes none')
})

test('an import that the account goes under ends as signed out', async () => {
  const eve = await backend.signUp('Eve')
  await eve.call('GET', '/me')
  const text = calendar(...Array.from({ length: 150 }, (_, n) => todo(`late-${n}`, `SUMMARY:Late ${n}`)).flat())
  const held = await holdLists(backend, eve)
  const leaving = eve.call('POST', '/api/auth/delete-user', { password: 'correct horse battery' })
  await pollUntil(async () => (await held.waiting()) === 1)
  const importing = send(eve, text)
  await pollUntil(async () => (await held.waiting()) >= 2)
  await held.letGo()
  expect((await leaving).status).toBe(200)
  const { status, body } = await importing
  expect([status, body.code]).toEqual([401, 'not-signed-in'])
})
