import type { FastifyInstance } from 'fastify'
import type { Registry } from 'prom-client'
import type { TodoEvent, Topic } from '@todo/model/events'
import { errorMessage } from '../errors.ts'
import type { EventBus, Subscription } from '../event-bus.ts'
import type { Log } from '../log.ts'
import type { ServiceName } from '../service.ts'
import type { DaprClient } from './client.ts'
import type { CrashNotes } from './crash-notes.ts'
import { deadLetterEvent } from './dead-letter-event.ts'
import { Deliveries, DELIVERY_BUDGET } from './deliveries.ts'
import type { DeliveryBudget, Verdict } from './deliveries.ts'
import { wantedOf } from './event-filter.ts'
import { Publisher } from './publisher.ts'
import { readRawMessage } from './raw-message.ts'
import type { SidecarSubscription } from './sidecar-routes.ts'
import { deadLetterTopic, EVENTS, UPDATES } from './topics.ts'

export interface DaprEventBusOptions {
  client: DaprClient
  /** The app of this process: its consumer group has this name. */
  service: ServiceName
  log: Log
  metrics?: Registry
  budget?: DeliveryBudget
  /** Remembers what the process before died over. */
  notes?: CrashNotes
  /** Version of the sidecar's API for bulk publishing. */
  bulkApi?: string
}

interface TopicParams {
  topic: Topic
}

/**
 * The event bus of one service behind its sidecar: Dapr Pub/Sub, on Kafka.
 *
 * A message of the broker is our CloudEvent, byte for byte. The sidecar brings the messages of a partition one after
 * the other, and tries each until it is answered for; how often, and what becomes of it then, is decided here
 * (`Deliveries`), where the reason is known.
 */
export class DaprEventBus implements EventBus {
  readonly #service: ServiceName
  readonly #log: Log
  readonly #publisher: Publisher
  readonly #deliveries: Deliveries
  readonly #once = new Map<Topic, Subscription[]>()
  readonly #everyReplica = new Map<Topic, Subscription[]>()

  constructor(options: DaprEventBusOptions) {
    const { client, service, log, metrics, notes, bulkApi, budget = DELIVERY_BUDGET } = options
    this.#service = service
    this.#log = log
    this.#publisher = new Publisher(client, bulkApi)
    this.#deliveries = new Deliveries({
      service,
      log,
      metrics,
      notes,
      budget,
      bury: (letter) => {
        const topic = deadLetterTopic(letter.topic, letter.consumer)
        return this.#publisher.send(topic, deadLetterEvent(letter, new Date()))
      },
    })
  }

  publish(events: readonly TodoEvent[]): Promise<void> {
    return this.#publisher.publish(events)
  }

  subscribe(subscription: Subscription): void {
    const { consumer, topic, delivery } = subscription
    if (consumer !== this.#service) throw new Error(`${consumer} subscribes at the sidecar of ${this.#service}`)
    const routes = delivery === 'once' ? this.#once : this.#everyReplica
    if (delivery === 'once') this.#deliveries.expect(topic)
    routes.set(topic, [...(routes.get(topic) ?? []), subscription])
  }

  async start(): Promise<void> {
    this.#deliveries.open()
  }

  stop(): Promise<void> {
    return this.#deliveries.close()
  }

  /** What the sidecar is to bring. */
  subscriptions(): SidecarSubscription[] {
    return [
      ...[...this.#once].map(([topic, wanted]) => asked(EVENTS, topic, `/events/${topic}`, wanted)),
      ...[...this.#everyReplica].map(([topic, wanted]) => asked(UPDATES, topic, `/updates/${topic}`, wanted)),
    ]
  }

  /** Where it brings it. Among the routes that only the sidecar may call. */
  mount(app: FastifyInstance): void {
    const answer = (status: Verdict) => ({ status })
    app.post<{ Params: TopicParams }>('/events/:topic', async ({ params: { topic }, body, headers }) => {
      const message = readRawMessage(body, headers)
      return answer(await this.#deliveries.deliver(topic, known(this.#once, topic), message))
    })
    app.post<{ Params: TopicParams }>('/updates/:topic', async ({ params: { topic }, body, headers }) => {
      const message = readRawMessage(body, headers)
      return answer(await this.#deliveries.show(known(this.#everyReplica, topic), message))
    })
  }

  /** A dead letter that someone gives back. Among the routes that other services may call. */
  mountReplay(app: FastifyInstance): void {
    app.post<{ Params: TopicParams }>('/dapr/replay/:topic', async ({ params, body }) => {
      try {
        await this.#deliveries.replay(known(this.#once, params.topic), body)
        return { handled: true }
      } catch (error) {
        this.#log.warn({ topic: params.topic, error: errorMessage(error) }, 'a dead letter failed again')
        return { handled: false, error: errorMessage(error) }
      }
    })
  }
}

function asked(
  pubsubname: string,
  topic: Topic,
  path: string,
  subscriptions: readonly Subscription[],
): SidecarSubscription {
  const names = subscriptions.flatMap((subscription) => subscription.names)
  const match = wantedOf(topic, names)
  return { pubsubname, topic, routes: match === null ? { default: path } : { rules: [{ match, path }] } }
}

/** An event that nobody subscribed to is a mistake of the setup, and must not be lost by it. */
function known(routes: ReadonlyMap<Topic, Subscription[]>, topic: Topic): Subscription[] {
  const subscriptions = routes.get(topic)
  if (!subscriptions) throw new Error(`nothing here subscribes to ${topic}`)
  return subscriptions
}
