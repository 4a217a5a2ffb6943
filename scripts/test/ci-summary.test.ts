import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, test } from 'vitest'

const SUMMARY = fileURLToPath(new URL('../../.ci/summary.mjs', import.meta.url))

let reports: string
beforeEach(async () => {
  reports = await mkdtemp(join(tmpdir(), 'todo-cloud-summary-'))
})
afterEach(() => rm(reports, { recursive: true, force: true }))

const GREEN = { numPassedTests: 2, testResults: [] }

/** A suite that ended: its report (none where it died before), its exit status, and what it printed. */
async function ended(suite: string, report: object | undefined, status: number, log = '') {
  if (report) await writeFile(join(reports, `${suite}.json`), JSON.stringify(report))
  await writeFile(join(reports, `${suite}.status`), `${status}\n`)
  await writeFile(join(reports, `${suite}.log`), log)
}

async function summaryOf(...suites: string[]) {
  const run = promisify(execFile)(process.execPath, [SUMMARY, reports, ...suites])
  const { stdout, code } = await run.then(
    ({ stdout }) => ({ stdout, code: 0 }),
    (error: { stdout: string; code: number }) => error,
  )
  const lines = stdout.trimEnd().split('\n')
  return { said: stdout, last: lines.at(-1), code }
}

test('what passed is counted over all suites', async () => {
  await ended('one', GREEN, 0)
  await ended('two', GREEN, 0)
  expect(await summaryOf('one', 'two')).toMatchObject({ last: '4 passed, 0 failed', code: 0 })
})

test('a failed test is named with its reason', async () => {
  const assertionResults = [{ status: 'failed', fullName: 'a row moves', failureMessages: ['expected 1 to be 2'] }]
  const testResults = [{ name: 'rows.test.ts', status: 'failed', message: '', assertionResults }]
  await ended('one', { numPassedTests: 1, testResults }, 1)
  const { said, last, code } = await summaryOf('one')
  expect(said).toContain('FAILED in one: rows.test.ts: a row moves\nexpected 1 to be 2')
  expect({ last, code }).toEqual({ last: '1 passed, 1 failed', code: 1 })
})

test('a file that could not be loaded is named with its reason', async () => {
  const testResults = [{ name: 'rows.test.ts', status: 'failed', message: 'no such module', assertionResults: [] }]
  await ended('one', { numPassedTests: 1, testResults }, 1)
  const { said, last } = await summaryOf('one')
  expect(said).toContain('FAILED in one: rows.test.ts\nno such module')
  expect(last).toBe('1 passed, 1 failed')
})

test('a suite that fails though every test passed says why: an error outside of all tests', async () => {
  await ended('one', GREEN, 0)
  const rejection = '\u001B[31m⎯⎯ Unhandled Errors ⎯⎯\u001B[39m\n\nError: the connection was cut\n    at worker.ts:12\n'
  await ended('two', GREEN, 1, `${rejection}${'a table of coverage\n'.repeat(100)}`)
  const { said, last, code } = await summaryOf('one', 'two')
  expect(said).toContain('FAILED in two: every test passed, and yet it ended with 1')
  expect(said).toContain('Error: the connection was cut\n    at worker.ts:12')
  expect({ last, code }).toEqual({ last: '4 passed, 1 failed', code: 1 })
})

test('what went wrong beside a failed test is said, too', async () => {
  const assertionResults = [{ status: 'failed', fullName: 'a row moves', failureMessages: ['expected 1 to be 2'] }]
  const testResults = [{ name: 'rows.test.ts', status: 'failed', message: '', assertionResults }]
  await ended('one', { numPassedTests: 1, testResults }, 1, 'Unhandled Errors\nError: the connection was cut')
  const { said, last } = await summaryOf('one')
  expect(said).toContain('Error: the connection was cut')
  expect(last).toBe('1 passed, 2 failed')
})

test('a suite that was killed has failed, and keeps nothing from being said of the others', async () => {
  await ended('one', GREEN, 0)
  await writeFile(join(reports, 'one.json'), '{"numPassedTests": 2, "testRes')
  await ended('two', GREEN, 0)
  await writeFile(join(reports, 'two.status'), '')
  await ended('three', GREEN, 0)
  await rm(join(reports, 'three.status'))
  const { said, last, code } = await summaryOf('one', 'two', 'three')
  expect(said).toContain('FAILED in one: no test ran, or none left a report that can be read')
  expect(said).toContain('FAILED in two: every test passed, and yet it ended with no status')
  expect({ last, code }).toEqual({ last: '4 passed, 3 failed', code: 1 })
})

test.for([
  ['left no report', undefined],
  ['ran no test', { numPassedTests: 0, testResults: [] }],
])('a suite that %s has failed', async ([, report]) => {
  await ended('one', report as object | undefined, 0, 'nothing was found')
  const { said, last } = await summaryOf('one')
  expect(said).toContain('nothing was found')
  expect(last).toBe('0 passed, 1 failed')
})
