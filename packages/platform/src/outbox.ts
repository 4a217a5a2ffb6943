import type { EventData, EventName, TodoEvent } from '@todo/model/events'
import { createEvent } from './create-event.ts'
import type { Job } from './job-scheduler.ts'
import type { ServiceName } from './service.ts'

/** What waits in the outbox: events of one key for the bus, in order, or an order for the job scheduler. */
export type OutboxEntry =
  | { kind: 'events'; events: TodoEvent[] }
  | { kind: 'schedule'; job: Omit<Job, 'at'> & { at: string } }
  | { kind: 'cancel'; job: Pick<Job, 'name'> }

interface OutboxRow {
  /** Entries of one key never overtake each other. */
  key: string
  entry: OutboxEntry
}

export type Emit = <N extends EventName>(name: N, subject: string, data: EventData<N>) => void

/** Anything that runs SQL within the transaction of the change. */
export interface SqlRunner {
  query: (text: string, values: unknown[]) => Promise<unknown>
}

/**
 * Collects what one transaction wants to say and writes it as its last statement, so that the entries of a task are
 * in the order of its commits: the row was locked before, and stays locked until the commit.
 */
export class Outbox {
  readonly #rows: OutboxRow[] = []
  readonly #source: ServiceName
  readonly #now: () => Date
  readonly #traceparent: string | undefined

  constructor(source: ServiceName, now: () => Date, traceparent?: string) {
    this.#source = source
    this.#now = now
    this.#traceparent = traceparent
  }

  /** Events of one subject are published in the order of these calls. */
  readonly emit: Emit = (name, subject, data) => {
    const origin = { now: this.#now(), source: this.#source, traceparent: this.#traceparent }
    const event = createEvent(name, subject, data, origin) as unknown as TodoEvent
    const last = this.#rows.at(-1)
    if (last?.entry.kind === 'events' && last.key === event.partitionkey) last.entry.events.push(event)
    else this.#rows.push({ key: event.partitionkey, entry: { kind: 'events', events: [event] } })
  }

  /** The job's data carries the trace of what ordered it. */
  schedule(job: Job): void {
    const data = this.#traceparent ? { ...job.data, traceparent: this.#traceparent } : job.data
    const entry = { kind: 'schedule', job: { ...job, data, at: job.at.toISOString() } } as const
    this.#rows.push({ key: `job:${job.name}`, entry })
  }

  cancel(name: string): void {
    this.#rows.push({ key: `job:${name}`, entry: { kind: 'cancel', job: { name } } })
  }

  get isEmpty(): boolean {
    return this.#rows.length === 0
  }

  async flush(sql: SqlRunner): Promise<void> {
    const [row] = this.#rows
    if (!row) return
    if (this.#rows.length === 1) {
      // Most changes say one thing, which costs less as a value than as a list of one.
      await sql.query('insert into outbox (key, entry) values ($1, $2)', [row.key, JSON.stringify(row.entry)])
      return
    }
    await sql.query('insert into outbox (key, entry) select * from unnest($1::text[], $2::json[])', [
      this.#rows.map((row) => row.key),
      this.#rows.map((row) => JSON.stringify(row.entry)),
    ])
  }
}
