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

/** What may run on the page of an address. */
async function scriptsOf(url: string): Promise<string | undefined> {
  const { headers } = await backend.app.inject({ url })
  return String(headers['content-security-policy']).match(/script-src ([^;]*)/u)?.[1]
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

test.each(['/api', '/api/', '/api/v1', '/api/nowhere'])('%s is no page: it answers with a problem', async (url) => {
  const { statusCode, headers } = await backend.app.inject({ url })
  expect([statusCode, headers['content-type']]).toEqual([404, 'application/problem+json; charset=utf-8'])
})
