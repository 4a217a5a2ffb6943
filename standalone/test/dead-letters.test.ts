// @module-tag slow
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { keepDeadLetter, listDeadLetters } from '@todo/platform/dead-letter-table'
import { openWorkerPool } from '@todo/platform/embedded/worker-pool'
import { createLog } from '@todo/platform/log'
import { pollUntil } from '@todo/platform/testing/poll-until'
import { accountDeleted } from '@todo/platform/testing/sample-events'
import { parseCommand } from '@todo/platform/dead-letters/command'
import { runningDatabaseUrl } from '../src/running-database.ts'
import { makeDataFolder, runApp } from './support/run-app.ts'

const MAIN = fileURLToPath(new URL('../src/dead-letters/main.ts', import.meta.url))
const run = promisify(execFile)

test('one command lists the dead letters of a running app, others show one, deliver them again and throw them away', async () => {
  const DATA_DIR = await makeDataFolder()
  const command = async (...args: string[]) => {
    const { stdout } = await run(process.execPath, [MAIN, ...args], { env: { ...process.env, DATA_DIR } })
    return stdout
  }
  await expect(command()).rejects.toThrow(`Todo Cloud does not run on ${DATA_DIR}: start it first, or set DATA_DIR.`)
  await runApp({ DATA_DIR }).url()
  const pool = openWorkerPool(await runningDatabaseUrl(DATA_DIR), createLog('test', 'silent'))
  const event = accountDeleted()
  await keepDeadLetter(pool, { consumer: 'audit', topic: 'task-events', event, error: 'no luck\nat all', attempts: 12 })

  expect(await command()).toMatch(
    new RegExp(
      `^1  \\S+Z  audit  todo\\.account\\.deleted\\.v1 ${event.id} of ${event.subject}: no luck \\(12 tries\\)\n$`,
    ),
  )
  expect(await command('show', '1')).toContain(event.data.userId)
  await expect(command('show', '2')).rejects.toThrow('There is no letter with that number.')
  expect(await command('list', 'notification')).toBe('')
  expect(await command('replay', 'notification')).toBe('Delivered again: 0\n')
  expect(await command('replay', 'audit')).toBe('Delivered again: 1\n')
  await pollUntil(async () => {
    const { rows } = await pool.query('select from graphile_worker.jobs')
    return rows.length === 0 && (await listDeadLetters(pool, 'all')).length === 0
  })
  await keepDeadLetter(pool, { consumer: 'audit', topic: 'task-events', event, error: 'no luck', attempts: 12 })
  expect(await command('drop', 'all')).toBe('Thrown away: 1\n')
  expect(await listDeadLetters(pool, 'all')).toEqual([])
  await pool.end()
})

test('what is not understood is a failure, so that no script takes it for done; asking for help is none', async () => {
  const outcome = async (...args: string[]) => {
    const failed = await run(process.execPath, [MAIN, ...args]).then(
      ({ stdout }) => ({ code: 0, stdout, stderr: '' }),
      (error: { code: number; stdout: string; stderr: string }) => error,
    )
    return [failed.code, failed.stdout.includes('npm run deadletters'), failed.stderr.includes('npm run deadletters')]
  }
  expect(await outcome('bogus')).toEqual([1, false, true])
  expect(await outcome('replay', 'audit', '3')).toEqual([1, false, true])
  expect(await outcome('--help')).toEqual([0, true, false])
})

test('what is to be replayed or thrown away has to be said', () => {
  expect(parseCommand([])).toEqual({ name: 'list', choice: 'all' })
  expect(parseCommand(['replay', 'audit'])).toEqual({ name: 'replay', choice: { consumer: 'audit' } })
  expect(parseCommand(['drop', '3', '14'])).toEqual({ name: 'drop', choice: { ids: ['3', '14'] } })
  for (const unclear of ['replay', 'drop', 'drop everything', 'replay audit 3', 'show all', 'burn all']) {
    expect(parseCommand(unclear.split(' '))).toBeNull()
  }
})
