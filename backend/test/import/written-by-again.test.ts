// @module-tag slow
import { readdirSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createBackend } from '../harness.ts'
import type { TestBackend } from '../harness.ts'
import { fixture, imported } from './calendar-text.ts'
import { writtenBy } from './written-by.ts'

let backend: TestBackend
beforeAll(async () => {
  backend = await createBackend()
})
afterAll(() => backend.close())

const programs = readdirSync(new URL('fixtures/written-by/', import.meta.url))
  .filter((name) => name.endsWith('.ics'))
  .map((name) => name.replace('.ics', ''))

test.each(programs)('what %s wrote becomes tasks once, however often it is imported', async (program) => {
  const person = await backend.signUp()
  const list = (await person.call('POST', '/lists', { name: program })).body.id
  const text = fixture(writtenBy(program))
  const send = () => person.call('POST', `/import/ics?listId=${list}`, text, { 'content-type': 'text/calendar' })
  const tasks = async () => (await person.call('GET', `/tasks?listId=${list}&state=all`)).body.items
  const entries = text.match(/^BEGIN:(VTODO|VEVENT)/gm) ?? []

  const first = await send()
  expect(first.status, JSON.stringify(first.body)).toBe(200)
  expect(first.body.created).toHaveLength(entries.length)
  const made = await tasks()
  expect(made.map(({ title }: { title: string }) => title).toSorted()).toEqual(
    imported(writtenBy(program))
      .tasks.map(({ title }) => title)
      .toSorted(),
  )

  const again = await send()
  expect(again.body.created).toEqual([])
  expect(again.body.unchanged).toHaveLength(entries.length)
  expect(again.body.notKept).toEqual(first.body.notKept)
  expect(await tasks()).toEqual(made)
})
