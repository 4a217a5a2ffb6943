// @module-tag slow
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createBackend } from './harness.ts'
import type { Client, TestBackend } from './harness.ts'
import { calendar as calendarOfLines, vtodo } from './import/calendar-text.ts'

let backend: TestBackend
let ada: Client
let people = 0
beforeAll(async () => {
  backend = await createBackend()
})
afterAll(() => backend.close())

/** Someone with nothing imported yet. */
async function newPerson(): Promise<void> {
  people += 1
  ada = await backend.signUp(`Ada${people}`)
}

const calendar = (...entries: string[][]) => calendarOfLines(...entries.flat())
const todo = (uid: string, ...lines: string[]) => vtodo(`UID:${uid}`, `SUMMARY:${uid}`, ...lines)
const under = (parent: string) => `RELATED-TO:${parent}`
const many = (count: number, title: string) =>
  Array.from({ length: count }, (_, index) => todo(`${title} ${String(index + 1).padStart(3, '0')}`))

const send = (text: string, { listId, key }: { listId?: string; key?: string } = {}) =>
  ada.call('POST', `/import/ics${listId ? `?listId=${listId}` : ''}`, text, {
    'content-type': 'text/calendar',
    ...(key ? { 'idempotency-key': key } : {}),
  })
const titles = (lines: { title: string }[]) => lines.map(({ title }) => title).toSorted()
const reasons = (body: { notKept: { content: string; reason: string }[] }) =>
  body.notKept.map(({ content, reason }) => `${content}: ${reason}`)
const subtasksOf = async (taskId: string) => (await ada.call('GET', `/tasks/${taskId}`)).body.subtasks
const everything = async () => (await ada.call('GET', '/tasks?state=all&limit=200')).body.items

test('a new subtask in the file is added to the task that is there already', async () => {
  await newPerson()
  await send(calendar(todo('P')))
  const file = calendar(todo('P'), todo('B', under('P'), 'STATUS:COMPLETED', 'COMPLETED:20250102T100000Z'))
  const { body } = await send(file)
  const [parent] = body.unchanged
  expect(body).toMatchObject({ created: [{ title: 'B', taskId: parent.taskId, line: 7 }], notKept: [] })
  expect(await subtasksOf(parent.taskId)).toEqual([
    { id: body.created[0].subtaskId, title: 'B', completedAt: '2025-01-02T10:00:00.000Z' },
  ])
  const again = (await send(file)).body
  expect([again.created, titles(again.unchanged), again.notKept]).toEqual([[], ['B', 'P'], []])
  expect(await subtasksOf(parent.taskId)).toHaveLength(1)
})

test('every to-do of the file has a line, those that became subtasks too', async () => {
  await newPerson()
  const { body } = await send(calendar(todo('P'), todo('A', under('P')), todo('B', under('P'))))
  expect(titles(body.created)).toEqual(['A', 'B', 'P'])
  expect(new Set(body.created.map(({ taskId }: { taskId: string }) => taskId)).size).toBe(1)
})

test('a subtask that was deleted does not come back, and the report says so', async () => {
  await newPerson()
  const file = calendar(todo('P'), todo('A', under('P')))
  const { created } = (await send(file)).body
  const child = created.find(({ title }: { title: string }) => title === 'A')
  await ada.call('DELETE', `/tasks/${child.taskId}/subtasks/${child.subtaskId}`)
  const again = (await send(file)).body
  expect([again.created, titles(again.unchanged)]).toEqual([[], ['P']])
  expect(reasons(again)).toEqual(['A: it was made by an earlier import and deleted since: it does not come back'])
  expect(await subtasksOf(child.taskId)).toEqual([])
})

test('a task of its own that is a subtask in a later file stays one task, and so does the other way round', async () => {
  await newPerson()
  await send(calendar(todo('A')))
  const nested = (await send(calendar(todo('P'), todo('A', under('P'))))).body
  expect([titles(nested.created), titles(nested.unchanged)]).toEqual([['P'], ['A']])
  expect(reasons(nested)).toEqual(['A: it is there already as a task of its own, and stays one'])
  await send(calendar(todo('Q'), todo('B', under('Q'))))
  const alone = (await send(calendar(todo('B')))).body
  expect([alone.created, titles(alone.unchanged)]).toEqual([[], ['B']])
  expect(reasons(alone)).toEqual(['B: it is there already as a subtask, and stays one'])
  expect(titles(await everything())).toEqual(['A', 'P', 'Q'])
})

test('a new subtask of a task in the bin is named, and not lost', async () => {
  await newPerson()
  const { created } = (await send(calendar(todo('P')))).body
  await ada.call('DELETE', `/tasks/${created[0].taskId}`)
  const { body } = await send(calendar(todo('P'), todo('B', under('P'))))
  expect(reasons(body)).toEqual([
    'P: it is in the bin, and stays there',
    'B: This task is in the bin: restore it first.',
  ])
})

test('a later change in the file is named, and the task is called what it is called', async () => {
  await newPerson()
  await send(calendar(todo('one', 'DUE:20400101T090000Z')))
  const later = calendar(['BEGIN:VTODO', 'UID:one', 'SUMMARY:New', 'DUE:20400102T090000Z', 'END:VTODO'])
  const { body } = await send(later)
  expect(body.unchanged).toMatchObject([{ title: 'one' }])
  expect(reasons(body)).toEqual([
    'New: it is there already and was not changed: in the file it has another title, another due date',
  ])
})

test('a file that says the same as before has no line that says it differs, a series neither', async () => {
  await newPerson()
  const file = calendar(
    todo('a', 'DUE;TZID=Europe/Berlin:20400101T090000', 'RRULE:FREQ=DAILY', 'CATEGORIES:x,Y', 'PRIORITY:1'),
    todo('b', 'DUE;VALUE=DATE:20400101', 'LOCATION:Here'),
    todo('c', 'STATUS:COMPLETED', 'COMPLETED:20250102T100000Z'),
    ['BEGIN:VEVENT', 'UID:d', 'SUMMARY:d', 'DTSTART:20200101T090000Z', 'RRULE:FREQ=DAILY', 'END:VEVENT'],
  )
  await send(file)
  backend.setNow(new Date(Date.now() + 5 * 86_400_000))
  const { body } = await send(file)
  backend.setNow(null)
  expect([titles(body.unchanged), body.notKept]).toEqual([['a', 'b', 'c', 'd'], []])
})

test('the same file at once, into two lists or into one, makes each task once and tells it as made once', async () => {
  for (const listNames of [['A', 'B'], ['C']]) {
    await newPerson()
    const lists = await Promise.all(listNames.map(async (name) => (await ada.call('POST', '/lists', { name })).body.id))
    const file = calendar(...many(150, 'Same'))
    const answers = await Promise.all(
      Array.from({ length: 4 }, (_, index) => send(file, { listId: lists[index % lists.length] })),
    )
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    expect(answers.flatMap(({ body }) => body.created)).toHaveLength(150)
    expect(answers.flatMap(({ body }) => body.unchanged)).toHaveLength(450)
    expect(answers.flatMap(({ body }) => body.notKept)).toEqual([])
    expect(await everything()).toHaveLength(150)
  }
})

/** Lets the database refuse tasks of this title with this code, until the returned function is called. */
async function refuseTitle(title: string, code: string): Promise<() => Promise<void>> {
  const { pool } = backend.testDatabase.database
  await pool.query(`
    create function refuse_title() returns trigger language plpgsql as
      $$ begin raise exception 'refused for the test' using errcode = '${code}'; end $$;
    create trigger refuse_title before insert on task for each row when (new.title = '${title}')
      execute function refuse_title()`)
  return async () => void (await pool.query('drop function refuse_title cascade'))
}

test('a task that cannot be made is named, and takes no other with it', async () => {
  await newPerson()
  const allow = await refuseTitle('Break', '23514')
  const answer = await send(calendar(...many(120, 'Before'), todo('Break'), ...many(120, 'After')))
  await allow()
  expect(answer.status).toBe(200)
  expect(answer.body.created).toHaveLength(240)
  expect(reasons(answer.body)).toEqual(['Break: it could not be made; the mistake is ours and has been logged'])
})

test('when the database goes away in the middle, the answer says how far it came, and again goes on', async () => {
  await newPerson()
  const file = calendar(...many(150, 'Kept'), todo('Away'))
  const allow = await refuseTitle('Away', '57P01')
  const ended = await send(file, { key: 'ended' })
  await allow()
  expect(ended).toMatchObject({ status: 503, body: { code: 'unavailable' } })
  expect(ended.body.detail).toBe(
    'The database went away with 100 of 151 tasks of the file done. Import it again: that goes on from there, and makes nothing twice.',
  )
  const again = (await send(file)).body
  expect([again.created.length, again.unchanged.length]).toEqual([51, 100])
})

test('under its Idempotency-Key an import that ended in the middle is told as one', async () => {
  await newPerson()
  const file = calendar(...many(150, 'Kept'), todo('Away'))
  const allow = await refuseTitle('Away', '57P01')
  expect((await send(file, { key: 'one' })).status).toBe(503)
  await allow()
  const { body } = await send(file, { key: 'one' })
  expect([body.created.length, body.unchanged.length]).toEqual([151, 0])
})

test('with its Idempotency-Key an import has one effect and the same answer, and another file is refused', async () => {
  await newPerson()
  const file = calendar(...many(120, 'Keyed'), todo('X', 'ATTENDEE:mailto:x@example.org'))
  const [first, atOnce] = await Promise.all([send(file, { key: 'k' }), send(file, { key: 'k' })])
  expect(first.body.created).toHaveLength(121)
  expect(atOnce.body).toEqual(first.body)
  expect((await send(file, { key: 'k' })).body).toEqual(first.body)
  expect(await send(calendar(todo('other')), { key: 'k' })).toMatchObject({
    status: 422,
    body: { code: 'idempotency-mismatch' },
  })
  const task = await ada.call('POST', '/tasks', { title: 'x' }, { 'idempotency-key': 'k' })
  expect(task.body.code).toBe('idempotency-mismatch')
})
