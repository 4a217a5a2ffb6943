import { setTimeout as delay } from 'node:timers/promises'
import type { Ingress } from './ingress.ts'
import type { People, Wish } from './people.ts'

export type Phase = 'before' | 'during' | 'after'

export interface SentRequest {
  kind: string
  /** When it was sent. */
  phase: Phase
  /** In milliseconds since 1970. */
  sentAt: number
  /** From the moment at which it was to be sent. */
  tookMs: number
  tries: number
  /** Null when it was answered well. */
  failure: string | null
}

const TICK_MS = 10

/** So many requests a second, whatever becomes of them: a slow answer is late, and makes no room for itself. */
export class Load {
  readonly sent: SentRequest[] = []
  phase: Phase = 'before'
  readonly #ingress: Ingress
  readonly #people: People
  readonly #perSecond: number
  readonly #waiting = new Set<Promise<void>>()
  #isOn = true
  readonly #running: Promise<void>

  constructor({ ingress, people, perSecond }: { ingress: Ingress; people: People; perSecond: number }) {
    this.#ingress = ingress
    this.#people = people
    this.#perSecond = perSecond
    this.#running = this.#run()
  }

  /** Sends no more, and waits for every answer. */
  async stop(): Promise<void> {
    this.#isOn = false
    await this.#running
    while (this.#waiting.size > 0) await Promise.all(this.#waiting)
  }

  /** One more request, beside the others. Answers its body. @throws when it fails */
  async ask(wish: Wish): Promise<unknown> {
    const { body, failure } = await this.#ingress.send(wish.request)
    if (failure !== null) throw new Error(`${wish.kind}: ${failure}`)
    wish.onAnswer(body)
    return body
  }

  async #run(): Promise<void> {
    const startedAt = performance.now()
    for (let number = 0; this.#isOn; number++) {
      const dueAt = startedAt + (number * 1_000) / this.#perSecond
      for (let leftMs = dueAt - performance.now(); this.#isOn && leftMs > 0; leftMs = dueAt - performance.now()) {
        await delay(Math.min(TICK_MS, leftMs))
      }
      if (!this.#isOn) return
      const sending = this.#send(dueAt, this.phase).finally(() => this.#waiting.delete(sending))
      this.#waiting.add(sending)
    }
  }

  async #send(dueAt: number, phase: Phase): Promise<void> {
    const sentAt = Date.now()
    const wish = this.#people.wish(sentAt)
    const { body, failure, tries } = await this.#ingress.send(wish.request)
    this.sent.push({ kind: wish.kind, phase, sentAt, tookMs: performance.now() - dueAt, tries, failure })
    if (failure === null) wish.onAnswer(body)
  }
}
