import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { isUnavailable } from '../src/unavailable.ts'

const NOT_THERE = join(tmpdir(), 'todo-cloud-not-there')

test('a server whose socket is not there yet is away, and a file that is not there is another matter', async () => {
  const [refused] = (await once(connect(NOT_THERE), 'connect').catch((error: unknown) => [error])) as [unknown]
  expect(refused).toMatchObject({ code: 'ENOENT' })
  expect(isUnavailable(refused)).toBe(true)
  const missing: unknown = await readFile(NOT_THERE).catch((error: unknown) => error)
  expect(missing).toMatchObject({ code: 'ENOENT' })
  expect(isUnavailable(missing)).toBe(false)
})

test.each([
  [{ code: 'EAGAIN', syscall: 'connect' }, true],
  [{ code: 'EAGAIN', syscall: 'read' }, false],
  [{ code: 'ECONNREFUSED', syscall: 'connect' }, true],
  [{ code: '57P03' }, true],
  [{ code: '23505' }, false],
  [{}, false],
])('what %j says of the database: away is %s, also as the cause of another error', (fields, isAway) => {
  const error = Object.assign(new Error('it failed'), fields)
  expect(isUnavailable(error)).toBe(isAway)
  expect(isUnavailable(new Error('and so did this', { cause: error }))).toBe(isAway)
})
