import type pg from 'pg'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { TodoEvent } from '@todo/model/events'
import { listDeadLetters } from '@todo/platform/dead-letter-table'
import { EmbeddedDeadLetters } from '@todo/platform/embedded/dead-letters'
import { EmbeddedEventBus } from '@todo/platform/embedded/event-bus'
import { addParcels, taskOf } from '@todo/platform/embedded/parcels'
import { PermanentError } from '@todo/platform/errors'
import type { Subscription } from '@todo/platform/event-bus'
import { eventBusConformance } from '@todo/platform/testing/event-bus-conformance'
import type { KeptDeadLetter } from '@todo/platform/testing/event-bus-conformance'
import { pollUntil } from '@todo/platform/testing/poll-until'
import { accountDeleted } from '@todo/platform/testing/sample-events'
import { createPlatformDatabase, silent } from './platform-database.ts'

const retry = { attempts: 3, firstDelayMs: 20, maxDelayMs: 100 }

/** As the relay publishes: it keeps the events until they are safe. */
class KeptEventBus extends EmbeddedEventBus {
  override publish(events: readonly TodoEvent[]): Promise<void> {
    return super.publish(events, { isKept: true })
  }
}

const adapters = [
  ['the embedded event bus', EmbeddedEventBus],
  ['the embedded event bus, for who keeps the events,', KeptEventBus],
] as const
for (const [adapter, Bus] of adapters) {
  eventBusConformance(adapter, async () => {
    const { pool, close } = await createPlatformDatabase()
    return {
      attempts: retry.attempts,
      open: () => Promise.resolve(new Bus({ pool, log: silent, retry })),
      deadLetters: async () => {
        const { rows } = await pool.query<KeptDeadLetter>(
          `select consumer, event_id as "eventId", attempts, error from platform.dead_letter`,
        )
        return rows
      },
      close,
    }
  })
}

describe('the embedded event bus', () => {
  let pool: pg.Pool
  let close: () => Promise<void>

  beforeEach(async () => {
    ;({ pool, close } = await createPlatformDatabase())
  })

  afterEach(() => close())

  const open = (handle: Subscription['handle']) => {
    const bus = new EmbeddedEventBus({ pool, log: silent, retry })
    bus.subscribe({ consumer: 'audit', topic: 'task-events', names: ['account.deleted'], delivery: 'once', handle })
    return bus
  }

  test('gives up the one event that ends the process each time, and not those that came with it', async () => {
    const bad = accountDeleted('bad')
    const good = ['a', 'b', 'c'].map((key) => accountDeleted(key))
    const crashing = open(() => Promise.resolve())
    await crashing.publish([...good, bad])
    // What is left of a parcel that was started, and whose process then ended, twice.
    await pool.query(
      `select graphile_worker.reschedule_jobs(array(select id from graphile_worker.jobs), attempts => 2)`,
    )
    const seen: string[] = []
    const bus = open((event, { attempt }) => {
      expect(attempt).toBe(3)
      if (event.id !== bad.id) seen.push(event.id)
      return event.id === bad.id ? Promise.reject(new Error('once more')) : Promise.resolve()
    })
    await bus.start()
    const letters = await pollUntil(async () => {
      const kept = await listDeadLetters(pool, 'all')
      return kept.length > 0 && seen.length === 3 && kept
    })
    expect(letters.map(({ event }) => (event as TodoEvent).id)).toEqual([bad.id])
    expect(new Set(seen)).toEqual(new Set(good.map(({ id }) => id)))
    await bus.stop()
  })

  test('does not even hand out an event that has ended the process too often', async () => {
    const bus = open(() => Promise.reject(new Error('must not be called')))
    await bus.publish([accountDeleted()])
    await pool.query(
      `select graphile_worker.reschedule_jobs(array(select id from graphile_worker.jobs), attempts => 3)`,
    )
    await bus.start()
    const [letter] = await pollUntil(async () => {
      const kept = await listDeadLetters(pool, 'all')
      return kept.length > 0 && kept
    })
    expect(letter).toMatchObject({ attempts: 4, error: 'the process ended each time it was handled' })
    await bus.stop()
  })

  test('keeps a letter of each malformed event, also of those without an id', async () => {
    const bus = open(() => Promise.reject(new Error('must not be called')))
    const malformed = [{ n: 1 }, { n: 2 }, { id: '', n: 3 }, { id: '', n: 4 }, 'text', 'text']
    await addParcels(pool, [
      { task: taskOf('audit', 'task-events'), parcel: { events: malformed, tried: 0 }, delayMs: 0 },
    ])
    await bus.start()
    const letters = await pollUntil(async () => {
      const { rows } = await pool.query('select from graphile_worker.jobs')
      return rows.length === 0 && (await listDeadLetters(pool, 'all'))
    })
    expect(letters.map(({ event }) => JSON.stringify(event)).toSorted()).toEqual(
      malformed
        .slice(0, 5)
        .map((event) => JSON.stringify(event))
        .toSorted(),
    )
    await bus.stop()
  })

  test('delivers dead letters again when asked to, to their consumer only', async () => {
    let isWell = false
    const seen: TodoEvent[] = []
    const bus = open((event, { attempt }) => {
      if (!isWell) return Promise.reject(new PermanentError('ill'))
      expect(attempt).toBe(1)
      seen.push(event)
      return Promise.resolve()
    })
    await bus.start()
    const sent = [1, 2, 3].map((number) => accountDeleted('key', number))
    await bus.publish(sent)
    await pollUntil(async () => (await listDeadLetters(pool, 'all')).length === 3)
    isWell = true
    const letters = new EmbeddedDeadLetters(pool)
    expect(await letters.replay({ consumer: 'notification' })).toEqual({ delivered: 0, failed: [] })
    const [first] = await letters.list('all')
    expect(await letters.replay({ ids: [first!.id] })).toEqual({ delivered: 1, failed: [] })
    expect(await letters.replay({ consumer: 'audit' })).toEqual({ delivered: 2, failed: [] })
    await pollUntil(() => seen.length === 3)
    expect(seen).toEqual(sent)
    expect(await listDeadLetters(pool, 'all')).toEqual([])
    await bus.stop()
  })
})
