import type { FastifyInstance } from 'fastify'
import type pg from 'pg'
import { TOPICS } from '@todo/model/events'
import type { Topic } from '@todo/model/events'
import { keepDeadLetter } from '../dead-letter-table.ts'
import { errorMessage } from '../errors.ts'
import type { Log } from '../log.ts'
import type { ServiceName } from '../service.ts'
import { readDeadLetter } from './dead-letter-event.ts'
import { readRawMessage } from './raw-message.ts'
import type { SidecarSubscription } from './sidecar-routes.ts'
import { CONSUMERS, deadLetterTopic, EVENTS } from './topics.ts'

interface Params {
  topic: Topic
  consumer: ServiceName
}

/**
 * Reads the dead-letter topics of all services into a table, where people can look at them. One service does it for all:
 * the others need no database. While it is away, letters wait in their topics.
 */
export class DeadLetterKeeper {
  readonly #pool: pg.Pool
  readonly #log: Log

  constructor(pool: pg.Pool, log: Log) {
    this.#pool = pool
    this.#log = log
  }

  subscriptions(): SidecarSubscription[] {
    return TOPICS.flatMap((topic) =>
      CONSUMERS[topic].map((consumer) => ({
        pubsubname: EVENTS,
        topic: deadLetterTopic(topic, consumer),
        routes: { default: `/dead-letters/${topic}/${consumer}` },
      })),
    )
  }

  mount(app: FastifyInstance): void {
    app.post<{ Params: Params }>('/dead-letters/:topic/:consumer', async ({ params, body, headers }) => {
      const { content } = readRawMessage(body, headers)
      const letter = readDeadLetter(content, params.topic, params.consumer)
      try {
        await keepDeadLetter(this.#pool, letter)
        return { status: 'SUCCESS' }
      } catch (error) {
        this.#log.warn({ ...params, error: errorMessage(error) }, 'a dead letter could not be kept; trying again')
        return { status: 'RETRY' }
      }
    })
  }
}
