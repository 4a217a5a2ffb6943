// @module-tag slow
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { pollUntil } from '@todo/platform/testing/poll-until'
import { signUp } from './support/person.ts'
import { runApp } from './support/run-app.ts'
import { fillDisk, smallDisk } from './support/small-disk.ts'

/** What no compression makes smaller. */
const filling = () =>
  Array.from({ length: 3_000 }, () => Math.random().toString(36))
    .join(' ')
    .slice(0, 45_000)

test('a disk that gets full while it runs is told as that, in the answers and in /readyz, until there is room', async ({
  skip,
}) => {
  const disk = await smallDisk('160m')
  if (!disk) return skip('only root may make a small disk')
  const app = runApp({ DATA_DIR: join(disk, 'data') })
  const url = await app.url()
  const person = await signUp(url)
  const ready = async () => {
    const response = await fetch(`${url}/readyz`)
    const { parts } = (await response.json()) as { parts: Record<string, string> }
    return { status: response.status, parts }
  }
  expect(await ready()).toMatchObject({ status: 200, parts: { database: 'ok' } })
  const full = await fillDisk(disk, 0)
  const write = () => person.request('POST', '/tasks', { title: 'One more', notes: filling() })
  const refused = await pollUntil(async () => {
    const answer = await write()
    return answer.status === 201 ? undefined : answer
  })
  expect(refused).toMatchObject({
    status: 503,
    body: { code: 'unavailable', detail: expect.stringContaining('The disk of the database is full') },
  })
  expect(await ready()).toMatchObject({
    status: 503,
    parts: { database: 'its disk is full: nothing can be saved until some space is freed' },
  })
  await rm(full)
  await pollUntil(async () => (await ready()).status === 200)
  expect((await write()).status).toBe(201)
  app.child.kill('SIGINT')
  await app.ended
})
