import type pg from 'pg'
import type { Topic } from '@todo/model/events'
import type { ServiceName } from '../service.ts'

/** What a consumer gets out of one publish, as one job. */
export interface Parcel {
  events: readonly unknown[]
  /** How often these events were tried before this job. */
  tried: number
}

export interface ParcelJob {
  task: string
  parcel: Parcel
  delayMs: number
}

/** The library's limit on starts; ours, on tries, is reached long before. */
const MAX_JOB_ATTEMPTS = 100

export function taskOf(consumer: ServiceName, topic: Topic): string {
  return `event:${consumer}:${topic}`
}

/** One statement, and one announcement, for all of them. */
export async function addParcels(pool: Pick<pg.ClientBase, 'query'>, jobs: readonly ParcelJob[]): Promise<void> {
  if (jobs.length === 0) return
  const specs = jobs.map(({ task, parcel, delayMs }) => ({
    identifier: task,
    payload: parcel,
    max_attempts: MAX_JOB_ATTEMPTS,
    run_at: delayMs > 0 ? new Date(Date.now() + delayMs) : null,
  }))
  await pool.query({
    name: 'add_jobs',
    text: `select count(*) from graphile_worker.add_jobs(
             array(select json_populate_recordset(null::graphile_worker.job_spec, $1::json)))`,
    values: [JSON.stringify(specs)],
  })
}
