import { setTimeout as delay } from 'node:timers/promises'
import type pg from 'pg'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { EmbeddedEventBus } from '@todo/platform/embedded/event-bus'
import type { Subscription } from '@todo/platform/event-bus'
import { eventRecorder } from '@todo/platform/testing/event-recorder'
import { pollUntil } from '@todo/platform/testing/poll-until'
import { accountDeleted, numberOf } from '@todo/platform/testing/sample-events'
import { createPlatformDatabase, silent } from './platform-database.ts'

const JOB_IDS = `pg_get_serial_sequence('graphile_worker._private_jobs', 'id')`

const retry = { attempts: 3, firstDelayMs: 20, maxDelayMs: 100 }

describe('events that their publisher keeps', () => {
  let pool: pg.Pool
  let close: () => Promise<void>
  let bus: EmbeddedEventBus

  beforeEach(async () => {
    ;({ pool, close } = await createPlatformDatabase())
  })

  afterEach(async () => {
    await bus.stop()
    await close()
  })

  const startBus = async (handle: Subscription['handle']) => {
    bus = new EmbeddedEventBus({ pool, log: silent, retry })
    bus.subscribe({ consumer: 'audit', topic: 'task-events', names: ['account.deleted'], delivery: 'once', handle })
    await bus.start()
    // It hands nothing over before it has looked for what an earlier process left.
    await publishKept(0)
    await pollUntil(async () => (await jobs()).length === 0)
    await pool.query(`select setval(${JOB_IDS}, 1, false)`)
  }

  const publishKept = (...numbers: number[]) =>
    bus.publish(
      numbers.map((number) => accountDeleted(`key-${number % 10}`, number)),
      { isKept: true },
    )

  const jobs = async () => (await pool.query('select attempts, run_at from graphile_worker.jobs')).rows

  /** How many jobs there were at all. */
  const jobsMade = async () => {
    const last = `pg_sequence_last_value(${JOB_IDS}::regclass)`
    const { rows } = await pool.query<{ made: number }>(`select coalesce(${last}, 0)::int as made`)
    return rows[0]!.made
  }

  test('are handled when the publish ends, and no job was made for them', async () => {
    const { handle, events } = eventRecorder()
    await startBus(handle)
    events.length = 0
    await publishKept(1, 2, 3)
    expect(events.map(numberOf)).toEqual([1, 2, 3])
    expect(await jobsMade()).toBe(0)
  })

  test('do not hold up their publisher when they take long, are safe in a job by then, and are handled once', async () => {
    const slow = Promise.withResolvers<void>()
    const { handle, events } = eventRecorder()
    await startBus(async (event, delivery) => {
      if (numberOf(event) > 0) await slow.promise
      await handle(event, delivery)
    })
    events.length = 0
    await publishKept(1, 2)
    expect(events).toEqual([])
    expect(await jobs()).toHaveLength(1)
    // Whoever has opened the job waits for the handling that runs.
    await pollUntil(async () => (await jobs())[0]?.attempts === 1)
    slow.resolve()
    await pollUntil(async () => (await jobs()).length === 0)
    expect(events.map(numberOf)).toEqual([1, 2])
  })

  test('wait in jobs, in their order, while their consumer is at slow ones, and hold up nobody', async () => {
    const slow = Promise.withResolvers<void>()
    const { handle, events } = eventRecorder()
    await startBus(async (event, delivery) => {
      if (numberOf(event) === 1) await slow.promise
      await handle(event, delivery)
    })
    events.length = 0
    await publishKept(1)
    const startedAt = performance.now()
    for (const number of [11, 21, 31, 2]) await publishKept(number)
    // Waiting for the slow one would take four times 100 ms.
    expect(performance.now() - startedAt).toBeLessThan(350)
    expect(await jobsMade()).toBe(5)
    await pollUntil(() => events.length === 1)
    expect(events.map(numberOf)).toEqual([2])
    slow.resolve()
    await publishKept(41)
    await pollUntil(() => events.length === 6)
    expect(events.map(numberOf)).toEqual([2, 1, 11, 21, 31, 41])
  })

  test('do not overtake what nobody keeps', async () => {
    const { handle, events } = eventRecorder()
    await startBus(handle)
    events.length = 0
    for (let number = 1; number < 200; number += 2) {
      await bus.publish([accountDeleted('same', number)])
      await bus.publish([accountDeleted('same', number + 1)], { isKept: true })
    }
    await pollUntil(() => events.length === 200)
    expect(events.map(numberOf)).toEqual(Array.from({ length: 200 }, (_, index) => index + 1))
  })

  /** A bus with these consumers, not started. */
  const newBus = (handlers: Partial<Record<'audit' | 'backend', Subscription['handle']>>) => {
    const made = new EmbeddedEventBus({ pool, log: silent, retry })
    for (const consumer of ['audit', 'backend'] as const) {
      const handle = handlers[consumer]
      const names = ['account.deleted'] as const
      if (handle) made.subscribe({ consumer, topic: 'task-events', names, delivery: 'once', handle })
    }
    return made
  }

  test('do not overtake what an earlier process left and others hold up in the queue', async () => {
    const slow = Promise.withResolvers<void>()
    const { handle, events } = eventRecorder()
    // More jobs than are taken at once, of a consumer that stands still; behind them one of another consumer.
    const earlier = newBus({ audit: handle })
    for (let number = 0; number < 230; number += 1) await earlier.publish([accountDeleted(`slow-${number}`, number)])
    await newBus({ backend: handle }).publish([accountDeleted('same', 1_000)])
    let begun = 0
    bus = newBus({ audit: () => (++begun > 30 ? slow.promise : Promise.resolve()), backend: handle })
    await bus.start()
    await pollUntil(() => begun > 30)
    await delay(300)
    await bus.publish([accountDeleted('same', 1_001)], { isKept: true })
    slow.resolve()
    await pollUntil(() => events.length === 2)
    expect(events.map(numberOf)).toEqual([1_000, 1_001])
  })

  test('do not overtake what an earlier process left, from the first moment on', async () => {
    const { handle, events } = eventRecorder()
    const earlier = newBus({ backend: handle })
    for (let key = 0; key < 50; key += 1) await earlier.publish([accountDeleted(`key-${key}`, key)])
    bus = newBus({ backend: handle })
    const starting = bus.start()
    let number = 1_000
    for (let round = 0; round < 100; round += 1) {
      const sent = Array.from({ length: 20 }, (_, index) => accountDeleted(`key-${49 - index}`, number++))
      await bus.publish(sent, { isKept: true })
    }
    await starting
    await pollUntil(() => events.length === 50 + 2_000)
    for (const sameKey of Map.groupBy(events, (event) => event.partitionkey).values()) {
      const numbers = sameKey.map(numberOf)
      expect(numbers).toEqual(numbers.toSorted((one, other) => one - other))
    }
  })

  test('go to jobs where they are too many for memory', async () => {
    const { handle, events } = eventRecorder()
    await startBus(async (event, delivery) => {
      await delay(1)
      await handle(event, delivery)
    })
    events.length = 0
    await publishKept(...Array.from({ length: 1_000 }, (_, number) => number))
    await pollUntil(() => events.length === 1_000)
    expect(await jobsMade()).toBeGreaterThan(0)
    for (const sameKey of Map.groupBy(events, (event) => event.partitionkey).values()) {
      const numbers = sameKey.map(numberOf)
      expect(numbers).toEqual(numbers.toSorted((a, b) => a - b))
    }
  })

  test('may have to be published again when their failure could not be written down', async () => {
    let tries = 0
    await startBus(async (event) => {
      if (numberOf(event) === 0) return
      tries += 1
      if (tries === 1) throw new Error('no luck')
    })
    const query = vi.spyOn(pool, 'query').mockRejectedValue(new Error('the database is away'))
    await expect(publishKept(1)).rejects.toThrow('the database is away')
    query.mockRestore()
    await publishKept(1)
    expect(tries).toBe(2)
  })
})
