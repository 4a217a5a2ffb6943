import { inject } from 'vitest'
import { withAdmin } from '@todo/dapr/kafka-admin'
import type { TodoEvent } from '@todo/model/events'
import { DeadLetterKeeper } from '@todo/platform/dapr/dead-letter-keeper'
import { DaprEventBus } from '@todo/platform/dapr/event-bus'
import type { EventBus, Subscription } from '@todo/platform/event-bus'
import type { ServiceName } from '@todo/platform/service'
import { pollUntil } from '@todo/platform/testing/poll-until'
import { silent } from './house.ts'
import type { House } from './house.ts'
import { SidecarApp } from './sidecar-app.ts'

interface Consumer {
  app: SidecarApp
  bus: DaprEventBus
  isLive: boolean
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
      created.bus.subscribe(subscription)
      return { ...created, isLive: created.isLive || delivery === 'every-replica' }
    })
    this.#consumers.set(consumer, subscribed)
  }

  async start(): Promise<void> {
    const consumers = await Promise.all(this.#consumers.values())
    await Promise.all(consumers.map((consumer) => startConsumer(consumer)))
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
    return { app, bus, isLive: false }
  }
}

async function startConsumer({ app, bus, isLive }: Consumer): Promise<void> {
  await bus.start()
  await app.start()
  // What comes before its group has its partitions is before "from now on".
  if (isLive) await pollUntil(() => hasPartitions(`updates.${app.appId}`), { timeoutMs: 20_000 })
}

async function hasPartitions(group: string): Promise<boolean> {
  const groups = await withAdmin(inject('brokers'), (admin) => admin.describeGroups({ groups: [group] }))
  const members = [...(groups.get(group)?.members.values() ?? [])]
  return members.some(({ assignments }) => assignments !== undefined && assignments.size > 0)
}
