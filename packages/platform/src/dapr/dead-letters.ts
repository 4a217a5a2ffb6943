import { z } from 'zod'
import type pg from 'pg'
import { keepDeadLetter, listDeadLetters, takeDeadLetters } from '../dead-letter-table.ts'
import type { DeadLetters, KeptLetter, LetterChoice, Replay } from '../dead-letters.ts'
import { errorMessage } from '../errors.ts'
import type { Invoke } from '../invoke.ts'

const Answer = z.union([
  z.object({ handled: z.literal(true) }),
  z.object({ handled: z.literal(false), error: z.string() }),
])

/** The letters of the distributed mode: a replay is a call of the consumer, which answers what became of it. */
export class DaprDeadLetters implements DeadLetters {
  readonly #pool: pg.Pool
  readonly #invoke: Pick<Invoke, 'call'>

  constructor(pool: pg.Pool, invoke: Pick<Invoke, 'call'>) {
    this.#pool = pool
    this.#invoke = invoke
  }

  list(choice: LetterChoice): Promise<KeptLetter[]> {
    return listDeadLetters(this.#pool, choice)
  }

  async drop(choice: LetterChoice): Promise<number> {
    return (await takeDeadLetters(this.#pool, choice)).length
  }

  /** One after the other: an order among them is kept. */
  async replay(choice: LetterChoice): Promise<Replay> {
    const replay: Replay = { delivered: 0, failed: [] }
    for (const letter of await this.list(choice)) {
      const error = await this.#handOver(letter)
      if (error === null) {
        replay.delivered += 1
        await this.drop({ ids: [letter.id] })
        continue
      }
      const failed = { ...letter, error, failedAt: new Date() }
      await keepDeadLetter(this.#pool, failed)
      replay.failed.push(failed)
    }
    return replay
  }

  /** What is wrong with it; null when it was handled. */
  async #handOver({ consumer, topic, event }: KeptLetter): Promise<string | null> {
    try {
      const { status, body } = await this.#invoke.call(consumer, {
        method: 'POST',
        path: `/dapr/replay/${topic}`,
        body: event,
      })
      const answer = Answer.safeParse(body)
      if (!answer.success) return `${consumer} answers ${status} when it is given back`
      return answer.data.handled ? null : answer.data.error
    } catch (error) {
      return errorMessage(error)
    }
  }
}
