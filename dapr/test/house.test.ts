import { join } from 'node:path'
import { mkdir, readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { createLog } from '@todo/platform/log'
import { pollUntil } from '@todo/platform/testing/poll-until'
import { DistributedConfig } from '../src/config.ts'
import { House, STAGES } from '../src/house.ts'
import { tempFolder } from './support/temp-folder.ts'
import { PATIENT, tinyProcess } from './support/tiny-process.ts'

async function house(signal = new AbortController().signal): Promise<House> {
  const config = DistributedConfig.parse({ DATA_DIR: await tempFolder() })
  const made = new House({ config, log: createLog('test', 'silent'), env: {}, tell: () => {}, signal })
  await mkdir(made.folder)
  return made
}

test('all is stopped in order: services drain while their sidecars run, and what they stand on goes last', async () => {
  const home = await house()
  const ended: string[] = []
  for (const name of ['database', 'lock']) home.onStop(async () => void ended.push(name))
  // As they come at a start, and not in the order of their end.
  for (const stage of STAGES.toReversed()) {
    for (const name of [`${stage} 1`, `${stage} 2`]) {
      const start = async (onSpawn: (pid: number) => void) => {
        const child = await tinyProcess(PATIENT, { onSpawn })
        void child.exited.then(() => ended.push(stage))
        return child
      }
      await home.run({ name, stage, port: 1, start })
    }
  }
  expect(home.rows().map(({ name }) => name)).toContain('sidecars 2')
  await home.stop()
  const inOrder = ['services', 'services', 'sidecars', 'sidecars', 'scheduler', 'scheduler', 'Kafka', 'Kafka']
  expect(ended).toEqual([...inOrder, 'lock', 'database'])
})

test('one that is told to stop while it waits does not wait any more', async () => {
  const asked = new AbortController()
  const home = await house(asked.signal)
  const waiting = home.unlessStopped(new Promise(() => {}))
  asked.abort()
  await expect(waiting).rejects.toMatchObject({ name: 'AbortError' })
  await expect(home.unlessStopped(new Promise(() => {}))).rejects.toMatchObject({ name: 'AbortError' })
})

test('what runs is written down as soon as it has a process id', async () => {
  const home = await house()
  const child = await tinyProcess(PATIENT)
  const start = (onSpawn: (pid: number) => void) => {
    onSpawn(child.pid)
    return Promise.reject(new Error('it never became ready'))
  }
  await expect(home.run({ name: 'kafka', stage: 'Kafka', port: 9092, start })).rejects.toThrow('never became ready')
  const text = await pollUntil(() => readFile(join(home.folder, 'processes.json'), 'utf8'))
  expect(JSON.parse(text)).toEqual([expect.objectContaining({ name: 'kafka', pid: child.pid, port: 9092 })])
})
