import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { renderComponents } from '../src/components.ts'
import type { BusAddress } from '../src/components.ts'
import { tempFolder } from './support/temp-folder.ts'

const committed = (name: string) => readFile(new URL(`../${name}`, import.meta.url), 'utf8')

async function rendered(bus: BusAddress) {
  const folder = await tempFolder()
  const databaseUrl = 'postgres://postgres:geheim@localhost/todo'
  const { componentsFolder, configFiles } = await renderComponents({
    folder,
    bus,
    databaseUrl,
    secrets: { extra: 'x' },
  })
  const names = (await readdir(componentsFolder)).toSorted()
  const read = (name: string) => readFile(join(componentsFolder, name), 'utf8')
  const files = Object.fromEntries(await Promise.all(names.map(async (name) => [name, await read(name)] as const)))
  return { folder, files, configFiles }
}

test('a sidecar here reads the very files that the chart has', async () => {
  const { files } = await rendered({ brokers: '127.0.0.1:9092' })
  expect(Object.keys(files)).toEqual(['events.yaml', 'resiliency.yaml', 'secrets.yaml', 'state.yaml', 'updates.yaml'])
  for (const name of ['events.yaml', 'resiliency.yaml', 'state.yaml', 'updates.yaml']) {
    expect(files[name]).toBe(await committed(`components/${name}`))
  }
})

test('Redis in place of Kafka is another file for each of the two buses, and nothing else', async () => {
  const { files: kafka } = await rendered({ brokers: '127.0.0.1:9092' })
  const { files: redis } = await rendered({ redisHost: '127.0.0.1:6379' })
  expect(Object.keys(redis)).toEqual(Object.keys(kafka))
  for (const name of ['resiliency.yaml', 'state.yaml']) expect(redis[name]).toBe(kafka[name])
  for (const name of ['events.yaml', 'updates.yaml']) {
    const [from, to] = [parse(kafka[name] ?? ''), parse(redis[name] ?? '')] as { spec: { type: string } }[]
    expect([from?.spec.type, to?.spec.type]).toEqual(['pubsub.kafka', 'pubsub.redis'])
    expect({ ...to, spec: null }).toEqual({ ...from, spec: null })
  }
})

test('addresses and passwords are in the secret store, in a file for its owner only, and nowhere else', async () => {
  const { folder, files } = await rendered({ brokers: '127.0.0.1:9092' })
  expect(JSON.stringify(files)).not.toMatch(/geheim|9092/)
  const file = join(folder, 'secrets.json')
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({
    'todo-cloud': {
      extra: 'x',
      'kafka-brokers': '127.0.0.1:9092',
      'database-url': 'postgres://postgres:geheim@localhost/todo',
    },
  })
})

test('every secret that a component names is there', async () => {
  for (const bus of [{ brokers: '127.0.0.1:9092' }, { redisHost: '127.0.0.1:6379' }]) {
    const { folder, files } = await rendered(bus)
    const store = JSON.parse(await readFile(join(folder, 'secrets.json'), 'utf8')) as Record<string, object>
    const named = Object.values(files).flatMap((text) => [
      ...text.matchAll(/secretKeyRef: \{ name: (\S+), key: (\S+) \}/g),
    ])
    expect(named.length).toBeGreaterThanOrEqual(3)
    for (const [, name = '', key = ''] of named) expect(store[name]).toHaveProperty(key)
  }
})

test('the register of names is there, and written ahead in, before the first of many sidecars looks', async () => {
  const { folder } = await rendered({ brokers: '127.0.0.1:9092' })
  const register = new DatabaseSync(join(folder, 'names.db'), { readOnly: true })
  expect(register.prepare('pragma journal_mode').get()).toEqual({ journal_mode: 'wal' })
  register.close()
})

test('each run has a register of names of its own', async () => {
  const { folder, configFiles } = await rendered({ brokers: '127.0.0.1:9092' })
  const configs = await Promise.all(configFiles.map((file) => readFile(file, 'utf8')))
  expect(configs[0]).toBe(await committed('config.yaml'))
  expect(configs[1]).toContain(join(folder, 'names.db'))
  // It would take away those who have just signed in.
  expect(configs[1]).toContain('cleanupInterval: 0s')
})
