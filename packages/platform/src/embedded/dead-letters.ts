import type pg from 'pg'
import { listDeadLetters, takeDeadLetters } from '../dead-letter-table.ts'
import type { DeadLetters, KeptLetter, LetterChoice, Replay } from '../dead-letters.ts'
import { addParcels, taskOf } from './parcels.ts'

/** The letters of the one-process mode: a replay is a parcel like that of a publish. */
export class EmbeddedDeadLetters implements DeadLetters {
  readonly #pool: pg.Pool

  constructor(pool: pg.Pool) {
    this.#pool = pool
  }

  list(choice: LetterChoice): Promise<KeptLetter[]> {
    return listDeadLetters(this.#pool, choice)
  }

  async drop(choice: LetterChoice): Promise<number> {
    return (await takeDeadLetters(this.#pool, choice)).length
  }

  async replay(choice: LetterChoice): Promise<Replay> {
    const client = await this.#pool.connect()
    try {
      await client.query('begin')
      const letters = await takeDeadLetters(client, choice)
      const jobs = letters.map(({ consumer, topic, event }) => ({
        task: taskOf(consumer, topic),
        parcel: { events: [event], tried: 0 },
        delayMs: 0,
      }))
      await addParcels(client, jobs)
      await client.query('commit')
      client.release()
      return { delivered: letters.length, failed: [] }
    } catch (error) {
      client.release(error as Error)
      throw error
    }
  }
}
