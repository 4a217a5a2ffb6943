import { afterEach, beforeEach, expect, test } from 'vitest'
import type { TodoEvent } from '@todo/model/events'
import { createLog } from '@todo/platform/log'
import { migrate } from '@todo/platform/migrate'
import { Outbox } from '@todo/platform/outbox'
import { leaseOutbox, outboxBacklog } from '@todo/platform/outbox-rows'
import type { Relay } from '@todo/platform/relay'
import { RelayPresence } from '@todo/platform/relay-presence'
import { pollUntil } from '@todo/platform/testing/poll-until'
import { createTestDatabase } from '@todo/platform/testing/test-database'
import type { TestDatabase } from '@todo/platform/testing/test-database'
import { backendService } from '../src/service.ts'
import { relayOn } from './relay-on.ts'

const log = createLog('test', 'silent')
let db: TestDatabase
const relays: Relay[] = []

beforeEach(async () => {
  db = await createTestDatabase()
  await migrate({ pool: db.database.pool, log }, { owner: 'backend', folder: backendService.migrations! })
})
afterEach(async () => {
  await Promise.all(relays.splice(0).map((relay) => relay.stop()))
  await db.close()
})

/** Stopped at the end of the test. */
function kept(relay: Relay): Relay {
  relays.push(relay)
  return relay
}

function relayTo(publish: (events: readonly TodoEvent[]) => Promise<void>, batchSize = 10): Relay {
  return kept(relayOn(db.database, publish, { batchSize }))
}

/** One committed change of a subject. */
async function change(subject: string, version: number): Promise<void> {
  const outbox = new Outbox('backend', () => new Date())
  outbox.emit('list.updated', subject, {
    listId: subject,
    userId: subject,
    version,
    changes: {},
    actor: { kind: 'user', id: subject },
    clientId: null,
    mutationId: null,
    batchId: null,
  })
  await outbox.flush(db.database.pool)
}

const versionOf = (event: TodoEvent) => (event.data as { version: number }).version
const nothingWaits = () =>
  pollUntil(async () => (await outboxBacklog(db.database.pool)).depth === 0, {
    timeoutMs: 15_000,
    what: 'an empty outbox',
  })

test('what could not be published is published later, under the same ids and in order', async () => {
  const tried: TodoEvent[][] = []
  const relay = relayTo(async (events) => {
    tried.push([...events])
    if (tried.length === 1) throw new Error('the broker is away')
  })
  for (let version = 1; version <= 3; version += 1) await change('a', version)
  relay.start()
  await nothingWaits()
  expect(tried[1]!.map((event) => event.id)).toEqual(tried[0]!.map((event) => event.id))
  expect(tried[1]!.map(versionOf)).toEqual([1, 2, 3])
})

test('later events of a subject wait behind one that could not be published, those of others do not', async () => {
  const published: string[] = []
  let failures = 0
  const relay = relayTo(async (events) => {
    for (const event of events) {
      if (event.subject === 'sick' && failures < 1) {
        failures += 1
        throw new Error('not this one')
      }
    }
    published.push(...events.map((event) => `${event.subject}${versionOf(event)}`))
  }, 1)
  await change('sick', 1)
  await change('sick', 2)
  await change('well', 1)
  relay.start()
  await nothingWaits()
  expect(published).toEqual(['well1', 'sick1', 'sick2'])
})

test('of two relays, none lets events of a subject overtake each other, and none is left', async () => {
  const seen = new Map<string, number[]>()
  const publish = async (events: readonly TodoEvent[]) => {
    for (const event of events) seen.set(event.subject, [...(seen.get(event.subject) ?? []), versionOf(event)])
  }
  const first = relayTo(publish, 3)
  const second = relayTo(publish, 3)
  first.start()
  second.start()
  for (let version = 1; version <= 30; version += 1) {
    await Promise.all(['a', 'b', 'c', 'd'].map((subject) => change(subject, version)))
    first.wake()
    second.wake()
  }
  await nothingWaits()
  for (const versions of seen.values()) expect(versions).toEqual(Array.from({ length: 30 }, (_, index) => index + 1))
})

test('what a relay held that died is published by another at once', async () => {
  await change('a', 1)
  const dead = new RelayPresence(db.database.direct, log)
  await dead.ensure()
  expect(await leaseOutbox(db.database.pool, dead.owner, 10)).toHaveLength(1)
  dead.leave()
  const published: TodoEvent[] = []
  const relay = relayTo(async (events) => void published.push(...events))
  const startedAt = Date.now()
  relay.start()
  await nothingWaits()
  expect(published.map(versionOf)).toEqual([1])
  expect(Date.now() - startedAt).toBeLessThan(5_000)
})

test('what was tried before is not handed over: the bus has to keep it, and count how often it ends the process', async () => {
  const kinds: [subjects: string[], isKept: boolean | undefined][] = []
  const dead = new RelayPresence(db.database.direct, log)
  await dead.ensure()
  await change('held', 1)
  await leaseOutbox(db.database.pool, dead.owner, 10)
  dead.leave()
  const relay = kept(
    relayOn(db.database, async (events, options) => {
      kinds.push([events.map((event) => event.subject), options?.isKept])
      if (kinds.length === 2) throw new Error('no luck')
    }),
  )
  relay.start()
  await pollUntil(() => kinds.length === 1)
  await change('new', 1)
  relay.wake()
  await nothingWaits()
  expect(kinds).toEqual([
    [['held'], false],
    [['new'], true],
    [['new'], false],
  ])
})

test('what a relay held when the database went is published as soon as it is back, however busy it is', async () => {
  let isAway = false
  let wasAway = false
  const { pool } = db.database
  const unreliable = new Proxy(pool, {
    get: (target, name: keyof typeof pool) => {
      if (name === 'query' && isAway) return () => Promise.reject(new Error('the database is away'))
      const member = target[name] as unknown
      return typeof member === 'function' ? (member.bind(target) as unknown) : member
    },
  })
  const published: string[] = []
  const publish = async (events: readonly TodoEvent[]) => {
    if (!wasAway) {
      await pool.query(
        'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
      )
      isAway = true
      wasAway = true
      throw new Error('the bus is on that database')
    }
    published.push(...events.map(({ subject }) => subject))
  }
  const relay = kept(relayOn({ pool: unreliable, direct: db.database.direct }, publish))
  await change('held', 1)
  relay.start()
  await pollUntil(() => wasAway)
  // Back with the next change, and from then on it is never idle.
  await pollUntil(
    async () => {
      await change('busy', 1)
      isAway = false
      relay.wake()
      return published.includes('held')
    },
    { timeoutMs: 10_000, what: 'what it held' },
  )
})

test('what a living relay holds is left alone', async () => {
  await change('a', 1)
  const busy = new RelayPresence(db.database.direct, log)
  await busy.ensure()
  await leaseOutbox(db.database.pool, busy.owner, 10)
  await change('b', 1)
  const published: TodoEvent[] = []
  relayTo(async (events) => void published.push(...events)).start()
  await pollUntil(() => published.length > 0)
  expect(published.map((event) => event.subject)).toEqual(['b'])
  busy.leave()
})

test('a job that the scheduler refuses holds back no event, and is ordered again', async () => {
  const outbox = new Outbox('backend', () => new Date())
  outbox.schedule({ name: 'alarm', kind: 'ring', at: new Date(), data: {} })
  await outbox.flush(db.database.pool)
  await change('a', 1)
  const published: TodoEvent[] = []
  let tries = 0
  const scheduler = {
    schedule: async () => {
      tries += 1
      if (tries === 1) throw new Error('not now')
    },
    cancel: async () => {},
  }
  const relay = kept(relayOn(db.database, async (events) => void published.push(...events), { scheduler }))
  relay.start()
  await nothingWaits()
  expect([tries, published.length]).toEqual([2, 1])
})

test('orders for one job are carried out in their order, also when the first has to be given again', async () => {
  const outbox = new Outbox('backend', () => new Date())
  outbox.schedule({ name: 'alarm', kind: 'ring', at: new Date(), data: {} })
  outbox.cancel('alarm')
  await outbox.flush(db.database.pool)
  const done: string[] = []
  let tries = 0
  const scheduler = {
    schedule: async () => {
      tries += 1
      if (tries === 1) throw new Error('not now')
      done.push('schedule')
    },
    cancel: async () => void done.push('cancel'),
  }
  const relay = kept(relayOn(db.database, async () => {}, { scheduler }))
  relay.start()
  await nothingWaits()
  expect(done).toEqual(['schedule', 'cancel'])
})
