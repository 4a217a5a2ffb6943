import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { identify, isRunning } from '@todo/platform/process-identity'
import { pollUntil } from '@todo/platform/testing/poll-until'
import { flags, lastWords, startProcess, untilReady } from '../src/child.ts'
import { lines } from '../src/service-process.ts'
import { tempFolder } from './support/temp-folder.ts'
import { PATIENT, STUBBORN, tinyProcess } from './support/tiny-process.ts'

async function heard(script: string, stopWithinMs?: number) {
  const said: string[] = []
  const child = await tinyProcess(script, { output: (text) => said.push(text), ...(stopWithinMs && { stopWithinMs }) })
  await pollUntil(() => said.join('').includes('up'))
  return child
}

test('a process is asked to end, and may end by itself', async () => {
  const child = await heard(PATIENT)
  await child.stop()
  expect(await child.exited).toBe(0)
})

test('one that does not listen is killed when its time is over', async () => {
  const child = await heard(STUBBORN, 100)
  await child.stop()
  expect(await child.exited).toBeNull()
})

test('one that was stopped by SIGSTOP ends in order too', async () => {
  const child = await heard(PATIENT)
  child.kill('SIGSTOP')
  await child.stop()
  expect(await child.exited).toBe(0)
})

test('a program that is not there is told by its name', async () => {
  const command = { program: '/nowhere/to-be-found', args: [], env: {}, output: () => {}, stopWithinMs: 1 }
  await expect(startProcess(command)).rejects.toThrow('/nowhere/to-be-found could not be started')
})

test('one that ends while it starts is told with its last words, and where there are more', async () => {
  const output = join(await tempFolder(), 'output.log')
  const child = await tinyProcess(`console.log('hello'); console.error('FATAL: the disk is full'); process.exit(3)`, {
    output,
  })
  const ready = untilReady(child, () => Promise.resolve(false), { what: 'Kafka', logFile: output, withinMs: 5_000 })
  await expect(ready).rejects.toThrow(`Kafka ended while it started: FATAL: the disk is full\n(more in ${output})`)
})

test('one that does not become ready in time is stopped', async () => {
  const output = join(await tempFolder(), 'output.log')
  const child = await tinyProcess(PATIENT, { output })
  const me = await identify(child.pid)
  expect(await isRunning(me)).toBe(true)
  const ready = untilReady(child, () => Promise.reject(new Error('no')), {
    what: 'Kafka',
    logFile: output,
    withinMs: 100,
  })
  await expect(ready).rejects.toThrow('Kafka was not ready within 100 ms')
  expect(await isRunning(me)).toBe(false)
})

test('its output goes to a file that only its owner reads, after what was there', async () => {
  const output = join(await tempFolder(), 'output.log')
  for (const word of ['first', 'second']) {
    const child = await tinyProcess(`console.log('${word}')`, { output })
    await child.exited
  }
  expect(await readFile(output, 'utf8')).toBe('first\nsecond\n')
  expect(await lastWords(output)).toContain('first\nsecond')
})

test('settings without a value are left out of the command line', () => {
  expect(flags({ 'app-id': 'audit', 'app-port': 80, 'log-as-json': true, scheduler: undefined })).toEqual([
    '--app-id=audit',
    '--app-port=80',
    '--log-as-json=true',
  ])
})

test('text that comes in pieces is told in whole lines', () => {
  const told: string[] = []
  const take = lines((line) => told.push(line))
  for (const piece of ['{"a"', ':1}\n\nsec', 'ond\nrest']) take(piece)
  expect(told).toEqual(['{"a":1}', 'second'])
})
