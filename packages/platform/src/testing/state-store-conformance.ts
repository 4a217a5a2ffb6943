import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { ServiceName } from '../service.ts'
import type { StateStore } from '../state-store.ts'

/** One store of its own per test. */
export interface StateStoreHarness {
  open: (service: ServiceName) => StateStore
  close: () => Promise<void>
}

/** What every state store promises (state-store.ts), wherever it keeps things. */
export function stateStoreConformance(adapter: string, createHarness: () => Promise<StateStoreHarness>): void {
  describe(`${adapter} keeps the promises of a state store`, () => {
    let harness: StateStoreHarness
    let store: StateStore

    beforeEach(async () => {
      harness = await createHarness()
      store = harness.open('notification')
    })

    afterEach(() => harness.close())

    test('a value comes back as it was set, and not in another service', async () => {
      const value = { text: 'Grüße\u0000', list: [1, 2.5, null, true], nested: { empty: {} } }
      expect(await store.set('key:1', value)).toBe(true)
      expect((await store.get('key:1'))?.value).toEqual(value)
      expect(await harness.open('realtime').get('key:1')).toBeNull()
      expect(await store.get('key:2')).toBeNull()
    })

    test('every write changes the etag', async () => {
      await store.set('key', 1)
      const first = await store.get('key')
      await store.set('key', 1)
      const second = await store.get('key')
      expect(second?.etag).not.toBe(first?.etag)
    })

    test('a write for an etag happens only while it is the current one', async () => {
      await store.set('key', 'first')
      const ifMatch = (await store.get('key'))?.etag ?? ''
      expect(await store.set('key', 'second', { ifMatch })).toBe(true)
      expect(await store.set('key', 'third', { ifMatch })).toBe(false)
      expect((await store.get('key'))?.value).toBe('second')
      expect(await store.set('missing', 'x', { ifMatch })).toBe(false)
    })

    test('of many that claim the same key at once, one gets it', async () => {
      const claims = await Promise.all(
        Array.from({ length: 20 }, (_, claimer) => store.set('claim', claimer, { ifMatch: null })),
      )
      expect(claims.filter(Boolean)).toHaveLength(1)
      expect((await store.get('claim'))?.value).toBe(claims.indexOf(true))
    })

    test('of many that replace the same value at once, one succeeds', async () => {
      await store.set('key', 'start')
      const ifMatch = (await store.get('key'))?.etag ?? ''
      const writes = await Promise.all(Array.from({ length: 20 }, (_, writer) => store.set('key', writer, { ifMatch })))
      expect(writes.filter(Boolean)).toHaveLength(1)
    })

    test('an entry is gone after its time to live, and can be claimed again', async () => {
      await store.set('key', 'short', { ttlSeconds: 1 })
      expect((await store.get('key'))?.value).toBe('short')
      expect(await store.set('key', 'other', { ifMatch: null })).toBe(false)
      await delay(1_200)
      expect(await store.get('key')).toBeNull()
      expect(await store.set('key', 'next', { ifMatch: null })).toBe(true)
      expect((await store.get('key'))?.value).toBe('next')
    })

    test('a write without a time to live stays', async () => {
      await store.set('key', 'short', { ttlSeconds: 1 })
      await store.set('key', 'long')
      await delay(1_200)
      expect((await store.get('key'))?.value).toBe('long')
    })

    test('a deleted entry is gone, and deleting what is not there is no error', async () => {
      await store.set('key', 1)
      await store.delete('key')
      await store.delete('key')
      expect(await store.get('key')).toBeNull()
    })
  })
}
