import { BusMetrics } from '../bus-metrics.ts'
import type { DeadLetter } from '../dead-letters.ts'
import { errorMessage, PermanentError } from '../errors.ts'
import type { Subscription } from '../event-bus.ts'
import { handleEvent } from '../handle-event.ts'
import type { Log } from '../log.ts'
import type { ServiceName } from '../service.ts'
import type { Topic } from '@todo/model/events'
import type { Registry } from 'prom-client'
import { withTraceOf } from '../tracing/trace-context.ts'
import { isUnavailable } from '../unavailable.ts'
import { within } from '../within.ts'
import { Attempts } from './attempts.ts'
import type { CrashNotes } from './crash-notes.ts'
import type { RawMessage } from './raw-message.ts'

/**
 * The sidecar tries again after 0.5 s, then ever later up to 15 s (`dapr/components/events.yaml`): 20 tries take about
 * three minutes. A partition waits that long for a handler that fails, ten minutes for one that hangs.
 */
export interface DeliveryBudget {
  /** Deliveries of one event, the first included; then it is a dead letter. */
  attempts: number
  /** A handler that takes longer counts as failed. */
  handlerMs: number
}

export const DELIVERY_BUDGET: DeliveryBudget = { attempts: 20, handlerMs: 20_000 }

/** What the sidecar is told to do with a message. */
export type Verdict = 'SUCCESS' | 'RETRY'

export interface DeliveriesOptions {
  service: ServiceName
  log: Log
  metrics?: Registry | undefined
  budget: DeliveryBudget
  notes?: CrashNotes | undefined
  /** Takes what was given up; then the message may go. */
  bury: (letter: DeadLetter) => Promise<void>
}

/** Messages that the sidecar brings, given to the handlers that want them. */
export class Deliveries {
  readonly #options: DeliveriesOptions
  readonly #metrics: BusMetrics
  readonly #attempts: Attempts
  readonly #running = new Set<Promise<unknown>>()
  #isOpen = false
  #suspects: Promise<unknown> = Promise.resolve()

  constructor(options: DeliveriesOptions) {
    this.#options = options
    this.#metrics = new BusMetrics(options.metrics)
    this.#attempts = new Attempts(options.notes)
  }

  /** A topic of which messages will be brought. */
  expect(topic: Topic): void {
    this.#metrics.know(this.#options.service, topic)
  }

  open(): void {
    this.#isOpen = true
  }

  /** Takes nothing new and waits for what runs. */
  async close(): Promise<void> {
    this.#isOpen = false
    await Promise.allSettled(this.#running)
    this.#options.notes?.remove()
  }

  /** To the handlers of one topic; what they cannot handle is tried again, and given up in the end. */
  deliver(topic: Topic, subscriptions: readonly Subscription[], message: RawMessage): Promise<Verdict> {
    if (!this.#isOpen) return Promise.resolve('RETRY')
    const work = () => withTraceOf(message.content, () => this.#try(topic, subscriptions, message))
    return this.#run(() => (this.#attempts.isSuspect(message.key) ? this.#alone(work) : work()))
  }

  /** Without a memory: what a handler throws is only logged. */
  show(subscriptions: readonly Subscription[], message: RawMessage): Promise<Verdict> {
    if (!this.#isOpen) return Promise.resolve('RETRY')
    return this.#run(() => withTraceOf(message.content, () => this.#show(subscriptions, message)))
  }

  async #show(subscriptions: readonly Subscription[], { content, key }: RawMessage): Promise<Verdict> {
    const { service: consumer, log } = this.#options
    try {
      await this.#handle(subscriptions, content, 1)
      log.debug({ consumer, event: idOf(content) }, 'a live event was handled')
    } catch (error) {
      log.warn({ consumer, message: key, error: errorMessage(error) }, 'a live event was not handled')
    }
    return 'SUCCESS'
  }

  /** Once more, for a person who waits for what becomes of it. @throws what the handler throws */
  async replay(subscriptions: readonly Subscription[], event: unknown): Promise<void> {
    if (!this.#isOpen) throw new Error('the service is stopping')
    return this.#run(() => this.#handle(subscriptions, event, 1))
  }

  /** One after the other: should it end the process again, then it is known which one did. */
  #alone<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#suspects.then(work)
    this.#suspects = done.catch(() => undefined)
    return done
  }

  async #try(topic: Topic, subscriptions: readonly Subscription[], { content, key }: RawMessage): Promise<Verdict> {
    const { service: consumer, budget } = this.#options
    const { attempt, end } = this.#attempts.begin(key)
    const measured = this.#metrics.start({ consumer, topic, event: content })
    try {
      if (attempt > budget.attempts) throw new PermanentError('the process ended each time it was handled')
      await this.#handle(subscriptions, content, attempt)
      measured('handled')
      end('done')
      this.#options.log.debug({ consumer, event: idOf(content), attempt }, 'an event was handled')
      return 'SUCCESS'
    } catch (error) {
      // A database or a sidecar that is away says nothing about the event.
      const isAway = isUnavailable(error)
      const isFinal = error instanceof PermanentError || (!isAway && attempt >= budget.attempts)
      this.#tell(content, attempt, error, isFinal)
      const letter = { consumer, topic, event: content, error: errorMessage(error), attempts: attempt }
      const isBuried = isFinal && (await this.#bury(letter))
      measured(isBuried ? 'dead-letter' : 'failed')
      if (isBuried) end('done')
      else end(isFinal || isAway ? 'not-counted' : 'again')
      return isBuried ? 'SUCCESS' : 'RETRY'
    }
  }

  async #handle(subscriptions: readonly Subscription[], content: unknown, attempt: number): Promise<void> {
    const { handlerMs } = this.#options.budget
    const handled = handleEvent(subscriptions, content, { attempt })
    // Nobody waits for it any more, should it fail later.
    handled.catch(() => undefined)
    if (!(await within(handlerMs, handled))) throw new Error(`the handler took longer than ${handlerMs} ms`)
  }

  async #bury(letter: DeadLetter): Promise<boolean> {
    const { bury, log } = this.#options
    try {
      await bury(letter)
      return true
    } catch (error) {
      const { consumer, topic } = letter
      log.warn({ consumer, topic, error: errorMessage(error) }, 'a dead letter could not be kept; trying again')
      return false
    }
  }

  #tell(content: unknown, attempt: number, error: unknown, isFinal: boolean): void {
    const { service: consumer, log } = this.#options
    const context = { consumer, event: idOf(content), attempt, error: errorMessage(error) }
    log.warn(context, isFinal ? 'an event became a dead letter' : 'an event failed; it is tried again')
  }

  async #run<T>(work: () => Promise<T>): Promise<T> {
    const running = work()
    this.#running.add(running)
    try {
      return await running
    } finally {
      this.#running.delete(running)
    }
  }
}

function idOf(content: unknown): unknown {
  return (content as { id?: unknown } | null)?.id
}
