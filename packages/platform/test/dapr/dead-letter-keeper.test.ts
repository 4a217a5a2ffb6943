import fc from 'fast-check'
import fastify from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { deadLetterEvent } from '@todo/platform/dapr/dead-letter-event'
import { DeadLetterKeeper } from '@todo/platform/dapr/dead-letter-keeper'
import { listDeadLetters } from '@todo/platform/dead-letter-table'
import { createPlatformDatabase, silent } from '../embedded/platform-database.ts'

let database: Awaited<ReturnType<typeof createPlatformDatabase>>
const app = fastify()

beforeAll(async () => {
  database = await createPlatformDatabase()
  new DeadLetterKeeper(database.pool, silent).mount(app)
})
afterAll(() => Promise.all([app.close(), database.close()]))

/** As the sidecar brings what lies in a dead-letter topic. Answers what it is told. */
async function bring(content: string | Buffer): Promise<unknown> {
  const payload = { data_base64: Buffer.from(content).toString('base64') }
  const answer = await app.inject({ method: 'POST', url: '/dead-letters/task-events/audit', payload })
  return answer.json()
}

const kept = async () => (await listDeadLetters(database.pool, 'all')).at(-1)

describe('a dead-letter topic is held back by nothing that lies in it', () => {
  test('any bytes are kept', async () => {
    const anything = fc.oneof(
      fc.json({ maxDepth: 8 }),
      fc.json({ stringUnit: 'binary' }),
      fc.uint8Array({ maxLength: 2_000 }).map((bytes) => Buffer.from(bytes)),
    )
    await fc.assert(
      fc.asyncProperty(anything, async (content) => {
        expect(await bring(content)).toEqual({ status: 'SUCCESS' })
      }),
    )
  })

  test('any letter is kept, whatever its event and its reason hold', async () => {
    const letters = fc.record({
      event: fc.jsonValue({ stringUnit: 'binary' }),
      error: fc.string({ unit: 'binary' }),
      attempts: fc.integer(),
    })
    await fc.assert(
      fc.asyncProperty(letters, async (letter) => {
        const event = deadLetterEvent({ consumer: 'audit', topic: 'task-events', ...letter }, new Date())
        expect(await bring(JSON.stringify(event))).toEqual({ status: 'SUCCESS' })
      }),
    )
  })

  test('JSON of ten thousand levels is kept as text', async () => {
    const deep = '{"a":['.repeat(5_000) + ']}'.repeat(5_000)
    expect(await bring(deep)).toEqual({ status: 'SUCCESS' })
    expect(await kept()).toMatchObject({ event: deep, attempts: 0 })
  })

  test('a letter that counts more tries than the database can is kept with everything that came', async () => {
    const letter = {
      consumer: 'audit',
      topic: 'task-events',
      event: { id: '7' },
      error: 'ill',
      attempts: 1e12,
    } as const
    const sent = deadLetterEvent(letter, new Date())
    expect(await bring(JSON.stringify(sent))).toEqual({ status: 'SUCCESS' })
    expect(await kept()).toMatchObject({ event: sent, attempts: 0 })
  })
})
