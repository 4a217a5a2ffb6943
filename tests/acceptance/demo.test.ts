// @module-tag slow
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApp } from './mode.ts'
import type { App } from './mode.ts'
import { day } from './support/days.ts'
import { Person } from './support/person.ts'

const DEMO = fileURLToPath(new URL('../../scripts/demo.ts', import.meta.url))
const EMAIL = 'demo@example.org'
const PASSWORD = 'a password for show'

let app: App
beforeAll(async () => {
  app = await startApp()
})
afterAll(() => app.close())

async function fill(): Promise<string> {
  const account = ['--url', app.url, '--email', EMAIL, '--password', PASSWORD]
  const { stdout } = await promisify(execFile)(process.execPath, [DEMO, ...account], {
    env: { ...process.env, TZ: 'UTC' },
  })
  return stdout
}

test('the demo fills an account with a life, once, and says how to sign in', async () => {
  const told = await fill()
  for (const word of [app.url, EMAIL, PASSWORD]) expect(told).toContain(word)
  const ada = await new Person(app.url, EMAIL).signIn(PASSWORD)
  const life = await shapeOf(ada)
  expect(life.lists).toBeGreaterThanOrEqual(5)
  expect(life.open + life.completed).toBeGreaterThanOrEqual(290)
  for (const count of Object.values(life)) expect(count).toBeGreaterThan(0)
  await fill()
  expect(await shapeOf(ada)).toEqual(life)
}, 120_000)

async function shapeOf(person: Person) {
  const count = async (query: string) => (await person.tasks(`sort=created&${query}`)).length
  return {
    lists: (await person.ok('GET', '/lists')).items.length,
    tags: (await person.ok('GET', '/tags')).items.length,
    views: (await person.ok('GET', '/filters')).items.length,
    open: await count('state=open'),
    completed: await count('state=completed'),
    recurring: await count('recurring=true'),
    overdue: await count(`dueTo=${day(-1)}`),
    today: await count(`dueFrom=${day(0)}&dueTo=${day(0)}`),
    important: await count('priority=high'),
  }
}
