import { eventName } from '@todo/model/events'
import type { TodoEvent } from '@todo/model/events'

export type NoticeEvent = TodoEvent<'task.changed'> | TodoEvent<'view.changed'>

/** What a browser is told, ready to be written. */
export interface Notice {
  audience: readonly string[]
  /** A server-sent event (WHATWG HTML §9.2). */
  frame: string
}

interface Kept extends Notice {
  eventId: string
}

/**
 * The last notices, numbered, so that a connection that broke goes on where it was. Ids are `<epoch>-<n>`: the epoch is
 * drawn anew by each process, which is how an id of an earlier or another one is seen to be unknown here.
 */
export class ReplayBuffer {
  readonly #epoch: string
  readonly #capacity: number
  readonly #kept: Kept[] = []
  readonly #eventIds = new Set<string>()
  #count = 0

  constructor({ epoch, capacity }: { epoch: string; capacity: number }) {
    this.#epoch = epoch
    this.#capacity = capacity
  }

  /** Id of the newest notice; `<epoch>-0` before the first. */
  get currentId(): string {
    return `${this.#epoch}-${this.#count}`
  }

  /** Numbers and keeps a notice; null for one that is here already. */
  append(event: NoticeEvent): Notice | null {
    if (this.#eventIds.has(event.id)) return null
    this.#count += 1
    const { audience, ...data } = event.data
    // Not `id`, which a view.changed has of its own.
    const shown = JSON.stringify({ eventId: event.id, ...data })
    const frame = `id: ${this.currentId}\nevent: ${eventName(event.type)}\ndata: ${shown}\n\n`
    const place = this.#count % this.#capacity
    const evicted = this.#kept[place]
    if (evicted) this.#eventIds.delete(evicted.eventId)
    this.#kept[place] = { audience, frame, eventId: event.id }
    this.#eventIds.add(event.id)
    return { audience, frame }
  }

  /** What came after `id`, oldest first; null when that cannot be said any more. */
  since(id: string): Notice[] | null {
    const [, epoch, digits] = /^([0-9a-z]+)-(\d{1,15})$/.exec(id) ?? []
    if (epoch !== this.#epoch) return null
    const missed = this.#count - Number(digits)
    if (missed < 0 || missed > Math.min(this.#count, this.#capacity)) return null
    return Array.from({ length: missed }, (_, n) => this.#kept[(this.#count - missed + 1 + n) % this.#capacity]!)
  }
}
