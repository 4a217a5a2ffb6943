import type { WorkerEvents } from 'graphile-worker'
import type pg from 'pg'

/** Longer than an answer of the database takes. */
const HELD_SECONDS = 10

/**
 * Jobs that are locked and that nobody has: they were fetched, and the connection broke before they came. The library goes
 * on without them, and would take them up again after four hours.
 */
export class LostJobs {
  readonly #pool: pg.Pool
  readonly #held = new Set<string>()
  /** Seen the time before: what is being finished just now is not seen twice. */
  #suspects: ReadonlySet<string> = new Set()

  constructor(pool: pg.Pool, events: WorkerEvents) {
    this.#pool = pool
    events.on('localQueue:getJobs:complete', ({ jobs }) => {
      for (const { id } of jobs) this.#held.add(id)
    })
    events.on('job:complete', ({ job }) => this.#held.delete(job.id))
  }

  /** For a runner that begins: what the one before had is taken up anew. */
  forget(): void {
    this.#held.clear()
    this.#suspects = new Set()
  }

  /** Of the jobs of these kinds, those that were lost already the last time that this was asked. */
  async look(tasks: readonly string[]): Promise<string[]> {
    const { rows } = await this.#pool.query<{ id: string }>(
      `select id::text from graphile_worker.jobs
       where task_identifier = any($1) and locked_by is not null and id <> all($2::bigint[])
         and locked_at < now() - make_interval(secs => $3)`,
      [tasks, [...this.#held], HELD_SECONDS],
    )
    const lost = rows.map(({ id }) => id).filter((id) => this.#suspects.has(id))
    this.#suspects = new Set(rows.map(({ id }) => id))
    return lost
  }
}
