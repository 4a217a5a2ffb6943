import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { TodoEvent } from '@todo/model/events'
import { createEvent } from '@todo/platform/create-event'
import { errorMessage } from '@todo/platform/errors'
import type { Deps } from '@todo/platform/service'

type Ctx = Pick<Deps<unknown>, 'bus' | 'log' | 'now'>

/** With random keys over six partitions, one is left out in one of 10,000 starts. */
const PROBES = 64
/** A subscription takes one to five seconds to begin, longer while the broker is away. */
const ASK_AGAIN_MS = 500

/**
 * Finds out from when on this replica hears every change. A live subscription begins from now on, its now is another
 * one for each partition, and no broker tells it: what is published before is never heard. And once something was
 * heard of a partition, its place is kept, so that the broker's absence loses nothing either.
 */
export class Listening {
  readonly #replica = randomUUID()
  readonly #missing = new Map(Array.from({ length: PROBES }, (_, probe) => [probe, randomUUID() as string]))
  readonly #stopped = new AbortController()

  get hearsAll(): boolean {
    return this.#missing.size === 0
  }

  /** @param onHeard once, as soon as nothing can be missed any more */
  async begin({ bus, log, now }: Ctx, onHeard: () => void): Promise<void> {
    const { signal } = this.#stopped
    while (!this.hearsAll && !signal.aborted) {
      const probes = [...this.#missing].map(([probe, key]) =>
        createEvent('listener.probed', key, { replica: this.#replica, probe }, { now: now(), source: 'realtime' }),
      )
      try {
        await bus.publish(probes)
      } catch (error) {
        log.debug({ error: errorMessage(error) }, 'the broker takes no probes yet; trying again')
      }
      if (!this.hearsAll) await delay(ASK_AGAIN_MS, undefined, { signal }).catch(() => undefined)
    }
    if (signal.aborted) return
    log.debug({ replica: this.#replica }, 'every change is heard from now on')
    onHeard()
  }

  hear({ data: { replica, probe } }: TodoEvent<'listener.probed'>): void {
    if (replica === this.#replica) this.#missing.delete(probe)
  }

  stop(): void {
    this.#stopped.abort()
  }
}
