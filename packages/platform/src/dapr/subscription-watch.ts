import { errorMessage } from '../errors.ts'
import type { Log } from '../log.ts'
import type { DaprClient } from './client.ts'
import { readMetadata } from './metadata.ts'
import type { SidecarSubscription } from './sidecar-routes.ts'

const LOOK_EVERY_MS = 10_000
/** One that has just started does not know them yet. */
const MISSES = 2

export interface SubscriptionWatchOptions {
  client: Pick<DaprClient, 'send'>
  /** What the sidecar has to bring. */
  wanted: () => SidecarSubscription[]
  log: Log
}

/**
 * A sidecar asks its service once what it subscribes to. When the service ends at that very moment, the sidecar takes it
 * for one that wants nothing, says so to nobody, and brings nothing ever after. So the service looks whether its sidecar
 * knows, and has one end that does not: whoever runs it starts another.
 */
export class SubscriptionWatch {
  readonly #options: SubscriptionWatchOptions
  #timer: NodeJS.Timeout | undefined
  #misses = 0

  constructor(options: SubscriptionWatchOptions) {
    this.#options = options
  }

  start(): void {
    this.#timer = setInterval(() => void this.look(), LOOK_EVERY_MS)
    this.#timer.unref()
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  /** Once. */
  async look(): Promise<void> {
    const { client, wanted, log } = this.#options
    try {
      const { subscriptions } = await readMetadata(client)
      const known = new Set(subscriptions?.map(({ pubsubname, topic }) => `${pubsubname} ${topic}`))
      const missing = wanted().filter(({ pubsubname, topic }) => !known.has(`${pubsubname} ${topic}`))
      this.#misses = missing.length > 0 ? this.#misses + 1 : 0
      if (this.#misses < MISSES) return
      this.#misses = 0
      log.warn(
        { topics: missing.map(({ topic }) => topic) },
        'the sidecar does not know what to bring: it is told to end',
      )
      await client.send({ method: 'POST', path: '/v1.0/shutdown' })
    } catch (error) {
      // One that is away asks when it comes.
      this.#misses = 0
      log.debug({ error: errorMessage(error) }, 'the sidecar could not be asked for its subscriptions')
    }
  }
}
