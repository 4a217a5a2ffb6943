import type { TodoEvent } from '@todo/model/events'
import { DeadLetterKeeper } from '@todo/platform/dapr/dead-letter-keeper'
import { DaprEventBus } from '@todo/platform/dapr/event-bus'
import type { EventBus, Subscription } from '@todo/platform/event-bus'
import type { ServiceName } from '@todo/platform/service'
import { silent } from './house.ts'
import type { House } from './house.ts'
import { LiveProbe } from './live-probe.ts'
import { SidecarApp } from './sidecar-app.ts'

interface Consumer {
  app: SidecarApp
  bus: DaprEventBus
  probe: LiveProbe | null
}

interface Options {
  house: House
  /** Apps of the same round are the same consumer groups. */
  round: string
  attempts: number
  /** Of an app that runs already. */
  publisher: Pick<EventBus, 'publish'>
}

/** One bus of which every consumer is an app of its own, with a sidecar of its own. */
export class ManyAppsBus implements EventBus {
  readonly #options: Options
  readonly #consumers = new Map<ServiceName, Promise<Consumer>>()

  constructor(options: Options) {
    this.#options = options
  }

  appIdOf(service: ServiceName): string {
    return `${service}-${this.#options.round}`
  }

  publish(events: readonly TodoEvent[]): Promise<void> {
    return this.#options.publisher.publish(events)
  }

  subscribe(subscription: Subscription): void {
    const { consumer, delivery } = subscription
    const known = this.#consumers.get(consumer) ?? this.#create(consumer, this.#consumers.size === 0)
    const subscribed = known.then((created) => {
      const probe = delivery === 'every-replica' ? new LiveProbe() : null
      created.bus.subscribe(probe?.wrap(subscription) ?? subscription)
      return { ...created, probe: probe ?? created.probe }
    })
    this.#consumers.set(consumer, subscribed)
  }

  async start(): Promise<void> {
    const consumers = await Promise.all(this.#consumers.values())
    await Promise.all(consumers.map((consumer) => this.#startConsumer(consumer)))
  }

  async stop(): Promise<void> {
    const consumers = await Promise.all(this.#consumers.values())
    await Promise.all(consumers.map(({ bus }) => bus.stop()))
    await Promise.all(consumers.map(({ app }) => app.stop()))
  }

  async #create(service: ServiceName, keepsLetters: boolean): Promise<Consumer> {
    const { house, attempts } = this.#options
    const keeper = keepsLetters ? new DeadLetterKeeper(house.database.database.pool, silent) : null
    const consumer: { bus?: DaprEventBus } = {}
    const app = await SidecarApp.create({
      house,
      appId: this.appIdOf(service),
      routes: {
        subscriptions: () => [...(consumer.bus?.subscriptions() ?? []), ...(keeper?.subscriptions() ?? [])],
        mount: (scope) => {
          consumer.bus?.mount(scope)
          keeper?.mount(scope)
        },
        mountForServices: (scope) => consumer.bus?.mountReplay(scope),
      },
    })
    const budget = { attempts, handlerMs: 10_000 }
    const bus = new DaprEventBus({ client: app.client, service, log: silent, budget })
    consumer.bus = bus
    return { app, bus, probe: null }
  }

  async #startConsumer({ app, bus, probe }: Consumer): Promise<void> {
    await bus.start()
    await app.start()
    await probe?.untilBegun(this.#options.publisher)
  }
}
