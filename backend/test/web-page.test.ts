import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createHash } from 'node:crypto'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createBackend } from './harness.ts'
import type { TestBackend } from './harness.ts'

let backend: TestBackend
let webRoot: string
beforeAll(async () => {
  webRoot = await mkdtemp(join(tmpdir(), 'web-page-'))
  await writeFile(join(webRoot, 'theme.js'), 'first()')
  await writeFile(join(webRoot, 'index.html'), '<script>first()</script>')
  backend = await createBackend({ env: { WEB_ROOT: webRoot } })
})
afterAll(async () => {
  await backend.close()
  await rm(webRoot, { recursive: true })
})

/** A browser that had a session once; whether it still has one, the page does not ask. */
const headers = { cookie: 'theme=dark; todo-cloud.session_token=old.token' }

/** What may run on the page of an address. */
async function scriptsOf(url: string): Promise<string | undefined> {
  const answer = await backend.app.inject({ url, headers })
  return String(answer.headers['content-security-policy']).match(/script-src ([^;]*)/u)?.[1]
}

const hashOf = (script: string) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`

test.each(['/', '/today', '/sign-in', '/index.html'])('%s runs the one script that is in the page', async (url) => {
  expect(await scriptsOf(url)).toBe(`'self' ${hashOf('first()')}`)
})

test('what was built anew meanwhile runs too', async () => {
  await writeFile(join(webRoot, 'theme.js'), 'second()')
  expect(await scriptsOf('/today')).toBe(`'self' ${hashOf('second()')}`)
  await writeFile(join(webRoot, 'theme.js'), 'first()')
})

test('elsewhere no script in a page runs', async () => {
  expect(await scriptsOf('/theme.js')).toBe("'self'")
  expect(await scriptsOf('/api/v1/me')).toBe("'self'")
})

test.each([
  ['/', '/sign-in'],
  ['/today', '/sign-in?next=%2Ftoday'],
  ['/all?tags=a%26b,c&task=7', '/sign-in?next=%2Fall%3Ftags%3Da%2526b%2Cc%26task%3D7'],
  ['//evil.example/today', '/sign-in?next=%2F%2Fevil.example%2Ftoday'],
])('who has no session is sent from %s to %s', async (url, location) => {
  const answer = await backend.app.inject({ url, headers: { cookie: 'theme=dark' } })
  expect([answer.statusCode, answer.headers.location]).toEqual([302, location])
  expect(answer.headers['cache-control']).toBe('no-store')
})

test.each(['/sign-in?next=%2Ftoday', '/sign-up', '/unsubscribe?token=x'])('%s is there for everybody', async (url) => {
  const { statusCode, body } = await backend.app.inject({ url })
  expect([statusCode, body]).toEqual([200, '<script>first()</script>'])
})

test.each(['/api', '/api/', '/api/v1', '/api/nowhere'])('%s is no page: it answers with a problem', async (url) => {
  const { statusCode, headers } = await backend.app.inject({ url })
  expect([statusCode, headers['content-type']]).toEqual([404, 'application/problem+json; charset=utf-8'])
})
