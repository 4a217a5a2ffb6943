import { readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { pollUntil } from '@todo/platform/testing/poll-until'
import type { RunningProcess } from '../src/child.ts'
import { ProcessRegister } from '../src/process-register.ts'
import { tempFolder } from './support/temp-folder.ts'
import { PATIENT, STUBBORN, tinyProcess } from './support/tiny-process.ts'

async function leaveBehind(file: string, processes: Record<string, { child: RunningProcess; stage: number }>) {
  const register = new ProcessRegister(file)
  for (const [name, { child, stage }] of Object.entries(processes)) register.add(name, { pid: child.pid, stage })
  const names = Object.keys(processes)
  await pollUntil(async () => {
    const text = await readFile(file, 'utf8')
    return names.every((name) => text.includes(`"${name}"`))
  })
}

test('what a killed start left running is ended, services before what they stand on', async () => {
  const file = join(await tempFolder(), 'processes.json')
  const diary = join(await tempFolder(), 'diary')
  const said: string[] = []
  const output = (text: string) => void said.push(text)
  const kafka = await tinyProcess(whoTellsItsEnd('kafka', diary), { output })
  const backend = await tinyProcess(whoTellsItsEnd('backend', diary), { output })
  await pollUntil(() => said.length === 2)
  await leaveBehind(file, { kafka: { child: kafka, stage: 3 }, backend: { child: backend, stage: 0 } })

  const names = await new ProcessRegister(file).endLeftovers()
  await Promise.all([kafka.exited, backend.exited])
  expect(names.toSorted()).toEqual(['backend', 'kafka'])
  expect(await readFile(diary, 'utf8')).toBe('backend\nkafka\n')
})

/** Writes its name at its end: its parent may learn of two ends at once, in any order. */
function whoTellsItsEnd(name: string, file: string): string {
  const tell = `require('node:fs').appendFileSync(${JSON.stringify(file)}, ${JSON.stringify(`${name}\n`)})`
  return `process.on('SIGTERM', () => { ${tell}; process.exit(0) }); setInterval(() => {}, 1000); console.log('up')`
}

test('one that does not listen is killed', async () => {
  const file = join(await tempFolder(), 'processes.json')
  const said: string[] = []
  const child = await tinyProcess(STUBBORN, { output: (text) => said.push(text) })
  await pollUntil(() => said.length > 0)
  await leaveBehind(file, { kafka: { child, stage: 3 } })
  await new ProcessRegister(file).endLeftovers(100)
  expect(await child.exited).toBeNull()
})

test('a process id that has gone to another program since is let be', async () => {
  const file = join(await tempFolder(), 'processes.json')
  const other = await tinyProcess(PATIENT)
  await writeFile(file, JSON.stringify([{ name: 'kafka', pid: other.pid, startedAt: 'then', stage: 3, port: null }]))
  expect(await new ProcessRegister(file).endLeftovers()).toEqual([])
  expect(() => process.kill(other.pid, 0)).not.toThrow()
})

test('after a stop in order there is nothing to end', async () => {
  const file = join(await tempFolder(), 'processes.json')
  const child = await tinyProcess(PATIENT)
  const register = new ProcessRegister(file)
  register.add('kafka', { pid: child.pid, stage: 3, port: 9092 })
  await register.clear()
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual([])
  expect((await stat(file)).mode & 0o777).toBe(0o600)
})

test.for(['', '[{"na'])('a file that was cut short to %j does not keep the next start from starting', async (text) => {
  const file = join(await tempFolder(), 'processes.json')
  await writeFile(file, text)
  expect(await new ProcessRegister(file).endLeftovers()).toEqual([])
})

test('what cannot be written down is told, and nothing ends by it', async () => {
  const told: unknown[] = []
  const register = new ProcessRegister(join(await tempFolder(), 'gone', 'processes.json'), (error) => told.push(error))
  register.add('kafka', { pid: process.pid, stage: 3 })
  await pollUntil(() => told.length === 1)
  expect(told).toEqual([expect.objectContaining({ code: 'ENOENT' })])
})
