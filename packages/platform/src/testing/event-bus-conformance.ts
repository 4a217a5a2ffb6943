import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { PermanentError } from '../errors.ts'
import type { EventBus, Subscription } from '../event-bus.ts'
import { eventRecorder as recorder } from './event-recorder.ts'
import { nonEmpty, pollUntil } from './poll-until.ts'
import { accountDeleted, malformed, numberOf, viewChanged } from './sample-events.ts'

export interface KeptDeadLetter {
  consumer: string
  eventId: string
  attempts: number
  error: string
}

/** One broker of its own per test. */
export interface EventBusHarness {
  /** A bus on that broker; another one, after the first was stopped, is the same app started again. */
  open: () => Promise<EventBus>
  /** Deliveries of one event, the first included, before it is a dead letter. At least 3, with short delays. */
  attempts: number
  deadLetters: () => Promise<KeptDeadLetter[]>
  close: () => Promise<void>
}

type Handle = Subscription['handle']

/** What every event bus promises (event-bus.ts), whatever carries it. */
export function eventBusConformance(adapter: string, createHarness: () => Promise<EventBusHarness>): void {
  describe(`${adapter} keeps the promises of an event bus`, () => {
    let harness: EventBusHarness
    let bus: EventBus

    beforeEach(async () => {
      harness = await createHarness()
      bus = await harness.open()
    })

    afterEach(async () => {
      await bus.stop()
      await harness.close()
    })

    const subscribe = (consumer: Subscription['consumer'], handle: Handle, to: EventBus = bus) =>
      to.subscribe({ consumer, topic: 'task-events', names: ['account.deleted'], delivery: 'once', handle })

    test('every consumer gets each event it asked for, and no other', async () => {
      const audit = recorder()
      const backend = recorder()
      subscribe('audit', audit.handle)
      subscribe('backend', backend.handle)
      await bus.start()
      const sent = accountDeleted()
      await bus.publish([viewChanged('a'), sent])
      await pollUntil(() => audit.events.length === 1 && backend.events.length === 1)
      expect(audit.events).toEqual([sent])
      expect(backend.events).toEqual([sent])
      expect(audit.deliveries).toEqual([{ attempt: 1 }])
    })

    test('events published before the start are delivered after it', async () => {
      const audit = recorder()
      subscribe('audit', audit.handle)
      await bus.publish([accountDeleted('early')])
      await bus.start()
      await pollUntil(() => audit.events.length === 1)
    })

    test('events of one key come in the order of their publishing', async () => {
      const audit = recorder()
      subscribe('audit', audit.handle)
      await bus.start()
      for (let number = 0; number < 200; number += 4) {
        const batch = [0, 1, 2, 3].map((step) => accountDeleted(`key-${(number / 4) % 5}`, number + step))
        await bus.publish(batch)
      }
      await pollUntil(() => audit.events.length === 200, { timeoutMs: 15_000 })
      const byKey = Map.groupBy(audit.events, (event) => event.partitionkey)
      for (const events of byKey.values()) {
        const numbers = events.map(numberOf)
        expect(numbers).toEqual(numbers.toSorted((a, b) => a - b))
      }
    })

    // On Kafka a key's neighbours are all that share its partition, as these two do not.
    test('a slow event holds back its own key, and not everyone', async () => {
      const audit = recorder()
      const slow = Promise.withResolvers<void>()
      subscribe('audit', async (event, delivery) => {
        if (event.partitionkey === 'slow') await slow.promise
        await audit.handle(event, delivery)
      })
      await bus.start()
      await bus.publish([accountDeleted('slow', 1), accountDeleted('slow', 2), accountDeleted('other', 3)])
      await pollUntil(() => audit.events.length === 1)
      expect(audit.events.map(numberOf)).toEqual([3])
      slow.resolve()
      await pollUntil(() => audit.events.length === 3)
      expect(audit.events.map(numberOf)).toEqual([3, 1, 2])
    })

    test('500 events of one publish all arrive', async () => {
      const audit = recorder()
      subscribe('audit', audit.handle)
      await bus.start()
      const sent = Array.from({ length: 500 }, (_, number) => accountDeleted(`key-${number}`, number))
      await bus.publish(sent)
      await pollUntil(() => audit.events.length === 500, { timeoutMs: 15_000 })
      expect(new Set(audit.events.map(({ id }) => id))).toEqual(new Set(sent.map(({ id }) => id)))
    })

    test('an event published twice keeps its id, so that a consumer can tell', async () => {
      const audit = recorder()
      subscribe('audit', audit.handle)
      await bus.start()
      const sent = accountDeleted()
      await bus.publish([sent])
      await bus.publish([sent])
      await pollUntil(() => audit.events.length === 2)
      expect(audit.events).toEqual([sent, sent])
    })

    test('an event whose handler failed comes again, later, with its number of tries', async () => {
      const audit = recorder()
      const triedAt: number[] = []
      subscribe('audit', async (event, delivery) => {
        await audit.handle(event, delivery)
        triedAt.push(Date.now())
        if (delivery.attempt < 3) throw new Error('not yet')
      })
      await bus.start()
      await bus.publish([accountDeleted()])
      await pollUntil(() => audit.deliveries.length === 3, { timeoutMs: 15_000 })
      expect(audit.deliveries.map(({ attempt }) => attempt)).toEqual([1, 2, 3])
      const [first = 0, second = 0, third = 0] = triedAt
      expect(second - first).toBeGreaterThan(5)
      expect(third - first).toBeGreaterThan(second - first)
      expect(await harness.deadLetters()).toEqual([])
    })

    test('what one consumer cannot handle is not delivered again to the others', async () => {
      const audit = recorder()
      const backend = recorder()
      subscribe('audit', audit.handle)
      subscribe('backend', async (event, delivery) => {
        await backend.handle(event, delivery)
        if (delivery.attempt === 1) throw new Error('not yet')
      })
      await bus.start()
      await bus.publish([accountDeleted()])
      await pollUntil(() => backend.deliveries.length === 2, { timeoutMs: 15_000 })
      expect(audit.deliveries).toHaveLength(1)
    })

    test('an event that keeps failing becomes a dead letter, and holds nothing back', async () => {
      const audit = recorder()
      let failures = 0
      subscribe('audit', async (event, delivery) => {
        if (numberOf(event) === 13) throw new Error(`no luck, ${++failures}`)
        await audit.handle(event, delivery)
      })
      await bus.start()
      const poison = accountDeleted('same', 13)
      await bus.publish([poison, accountDeleted('same', 14), accountDeleted('other', 15)])
      await pollUntil(() => audit.events.length === 2)
      const [letter] = await pollUntil(nonEmpty(harness.deadLetters), { timeoutMs: 20_000 })
      expect(letter).toEqual({
        consumer: 'audit',
        eventId: poison.id,
        attempts: harness.attempts,
        error: `no luck, ${harness.attempts}`,
      })
      expect(failures).toBe(harness.attempts)
    })

    test('a failure that no retry can mend makes a dead letter at once', async () => {
      let tries = 0
      subscribe('audit', () => {
        tries += 1
        return Promise.reject(new PermanentError('no such series'))
      })
      await bus.start()
      await bus.publish([accountDeleted()])
      const [letter] = await pollUntil(nonEmpty(harness.deadLetters))
      expect(letter).toMatchObject({ attempts: 1, error: 'no such series' })
      expect(tries).toBe(1)
    })

    test('an event that cannot be read makes a dead letter and never reaches the handler', async () => {
      const audit = recorder()
      subscribe('audit', audit.handle)
      await bus.start()
      const bad = malformed()
      await bus.publish([bad, accountDeleted('good')])
      const [letter] = await pollUntil(nonEmpty(harness.deadLetters))
      expect(letter).toMatchObject({ consumer: 'audit', eventId: bad.id })
      await pollUntil(() => audit.events.length === 1)
      expect(audit.events[0]?.partitionkey).toBe('good')
    })

    test('stop waits for what is being handled, and the rest is delivered after the next start', async () => {
      const before = recorder()
      const running = Promise.withResolvers<void>()
      subscribe('audit', async (event, delivery) => {
        running.resolve()
        await delay(100)
        await before.handle(event, delivery)
      })
      await bus.start()
      const sent = Array.from({ length: 20 }, (_, number) => accountDeleted('one-key', number))
      await bus.publish(sent)
      await running.promise
      await bus.stop()
      const handled = before.events.length
      expect(handled).toBeGreaterThan(0)
      expect(handled).toBeLessThan(20)
      await delay(150)
      expect(before.events).toHaveLength(handled)

      const after = recorder()
      bus = await harness.open()
      subscribe('audit', after.handle)
      await bus.start()
      // One that was handled may come again: its end may not have been heard of any more.
      await pollUntil(() => new Set([...before.events, ...after.events].map(numberOf)).size === 20)
    })

    test('a subscriber in every replica sees the events of a key in the order of publishing, and its failures stay its own', async () => {
      const live = recorder()
      bus.subscribe({
        consumer: 'realtime',
        topic: 'task-updates',
        names: ['view.changed'],
        delivery: 'every-replica',
        handle: async (event, delivery) => {
          await live.handle(event, delivery)
          if (live.events.length === 1) throw new Error('the first is refused')
        },
      })
      await bus.start()
      const sent = ['same', 'same', 'same'].map(viewChanged)
      await bus.publish(sent.slice(0, 2))
      await bus.publish(sent.slice(2))
      await pollUntil(() => live.events.length === 3)
      expect(live.events).toEqual(sent)
      expect(await harness.deadLetters()).toEqual([])
    })
  })
}
