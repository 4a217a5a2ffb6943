import type pg from 'pg'
import { Gauge, Registry, collectDefaultMetrics } from 'prom-client'

/** The metrics of a process with several services: each has a registry of its own, whose samples carry its name. */
export class Metrics {
  readonly process = new Registry()
  readonly #registries: Registry[] = [this.process]

  constructor() {
    collectDefaultMetrics({ register: this.process })
  }

  of(service: string): Registry {
    const registry = new Registry()
    registry.setDefaultLabels({ service })
    this.#registries.push(registry)
    return registry
  }

  /** Prometheus text format 0.0.4: all samples of one metric stand together, under one HELP and TYPE. */
  async text(): Promise<string> {
    const texts = await Promise.all(this.#registries.map((registry) => registry.metrics()))
    const blocks = Map.groupBy(
      texts.flatMap((text) => text.split(/^(?=# HELP )/m)).filter((block) => block.startsWith('# HELP ')),
      (block) => block.split(' ', 3)[2],
    )
    const merged = [...blocks.values()].map(([first = '', ...others]) =>
      [first, ...others.map((block) => block.replace(/^#.*\n/gm, ''))].map((block) => block.trim()).join('\n'),
    )
    return `${merged.join('\n')}\n`
  }
}

/** How much work waits on the bus and the scheduler, and how many events nobody could handle. */
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
  new Gauge({
    name: 'todo_dead_letters',
    help: 'Events that a consumer could not handle, by consumer',
    labelNames: ['consumer'],
    registers: [registry],
    async collect() {
      const { rows } = await pool.query<{ consumer: string; letters: string }>(
        'select consumer, count(*) as letters from platform.dead_letter group by 1',
      )
      this.reset()
      for (const { consumer, letters } of rows) this.set({ consumer }, Number(letters))
    },
  })
}
