import { afterAll, beforeAll, expect, test } from 'vitest'
import { tagKey } from '@todo/model/tag-key'
import { createBackend } from './harness.ts'
import type { Client, TestBackend } from './harness.ts'

let backend: TestBackend
let ada: Client
beforeAll(async () => {
  backend = await createBackend()
  ada = await backend.signUp()
})
afterAll(() => backend.close())

/** Letters that Unicode got in its version 17, which not every PostgreSQL, Node and browser knows yet. */
const TOO_NEW = /[\ua7ce-\ua7d5\u{16ea0}-\u{16ed3}]/u

test('the database folds every letter as the API and the browser do', async () => {
  const letters = Array.from({ length: 0x1f000 }, (_, point) => point)
    .filter((point) => point < 0xd800 || point > 0xdfff)
    .map((point) => String.fromCodePoint(point))
    .filter((letter) => /[\p{L}\p{N}\p{M}\p{So}]/u.test(letter) && !TOO_NEW.test(letter))
  const { rows } = await backend.testDatabase.database.pool.query<{ letter: string; key: string; keys: string[] }>(
    'select letter, tag_key(letter) as key, tag_keys(array[letter]) as keys from unnest($1::text[]) as letter',
    [letters],
  )
  const differing = rows.filter(({ letter, key, keys }) => key !== tagKey(letter) || keys[0] !== key)
  expect(differing).toEqual([])
})

test.each([
  ['ΟΔΟΣ', 'οδος'],
  ['İzmir', 'izmir'],
  ['STRAẞE', 'straße'],
  ['caf\u00e9', 'CAFE\u0301'],
])('%s and %s are one tag, in filters, counts, colours and new names', async (one, other) => {
  const client = await backend.signUp()
  await client.createTask({ title: 'First', tags: [one] })
  await client.createTask({ title: 'Second', tags: [other] })
  for (const tag of [one, other]) {
    for (const match of ['tagsAny', 'tagsAll']) {
      expect((await client.call('GET', `/tasks?${match}=${encodeURIComponent(tag)}`)).body.items).toHaveLength(2)
    }
  }
  const patched = await client.call('PATCH', `/tags/${encodeURIComponent(other)}`, { color: 'teal' })
  expect(patched.body).toMatchObject({ color: 'teal', openTasks: 2 })
  expect((await client.call('GET', '/tags')).body.items).toMatchObject([{ color: 'teal', openTasks: 2 }])
  await client.call('PATCH', `/tags/${encodeURIComponent(one)}`, { name: 'plain' })
  expect((await client.call('GET', '/tags')).body.items).toEqual([{ name: 'plain', color: 'teal', openTasks: 2 }])
  await client.call('DELETE', '/tags/PLAIN')
  expect((await client.call('GET', '/tags')).body.items).toEqual([])
})

test('a tag that gets a new name is kept in one way of writing it', async () => {
  const task = await ada.createTask({ title: 'Coffee', tags: ['tea'] })
  expect((await ada.call('PATCH', '/tags/tea', { name: 'cafe\u0301' })).body.name).toBe('caf\u00e9')
  expect((await ada.call('GET', `/tasks/${task.id}`)).body.tags).toEqual(['caf\u00e9'])
})
