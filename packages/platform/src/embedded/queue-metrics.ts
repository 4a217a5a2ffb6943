import type pg from 'pg'
import { Gauge } from 'prom-client'
import type { Registry } from 'prom-client'

/** How much work waits on the bus and the scheduler, asked when somebody looks. */
export function measureQueues(registry: Registry, pool: pg.Pool): void {
  new Gauge({
    name: 'todo_jobs_waiting',
    help: 'Parcels of events and timed jobs that have not run yet, by task',
    labelNames: ['task'],
    registers: [registry],
    async collect() {
      const { rows } = await pool.query<{ task: string; jobs: string }>(
        'select task_identifier as task, count(*) as jobs from graphile_worker.jobs group by 1',
      )
      this.reset()
      for (const { task, jobs } of rows) this.set({ task }, Number(jobs))
    },
  })
}
