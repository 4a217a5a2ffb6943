import { expect, test } from 'vitest'
import { PublishError } from '@todo/platform/event-bus'
import { createLog } from '@todo/platform/log'
import { migrate } from '@todo/platform/migrate'
import { Outbox } from '@todo/platform/outbox'
import { outboxBacklog } from '@todo/platform/outbox-rows'
import { pollUntil } from '@todo/platform/testing/poll-until'
import { createTestDatabase } from '@todo/platform/testing/test-database'
import { backendService } from '../src/service.ts'
import { relayOn } from './relay-on.ts'

const log = createLog('test', 'silent')

test('of a batch that was published in part, only the rest is published again', async () => {
  const { database, close } = await createTestDatabase()
  await migrate({ pool: database.pool, log }, { owner: 'backend', folder: backendService.migrations! })
  const outbox = new Outbox('backend', () => new Date())
  for (const userId of ['a', 'b', 'c']) outbox.emit('account.deleted', userId, { userId, deletedAt: '' })
  await outbox.flush(database.pool)
  const tried: string[][] = []
  const relay = relayOn(database, async (events) => {
    tried.push(events.map(({ subject }) => subject))
    const [, refused] = events
    if (refused) throw new PublishError([refused.id], new Error('no leader'))
  })
  relay.start()
  await pollUntil(async () => (await outboxBacklog(database.pool)).depth === 0, { timeoutMs: 10_000 })
  expect(tried).toEqual([['a', 'b', 'c'], ['b']])
  await relay.stop()
  await close()
})
