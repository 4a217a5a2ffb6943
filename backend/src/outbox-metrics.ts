import { Gauge } from 'prom-client'
import type { Registry } from 'prom-client'
import { outboxBacklog } from '@todo/platform/outbox-rows'

type Pool = Parameters<typeof outboxBacklog>[0]

/** How much waits to be published, asked when somebody looks. */
export function measureOutbox(registry: Registry, pool: Pool): void {
  const age = new Gauge({
    name: 'todo_outbox_age_seconds',
    help: 'Age of the oldest entry that is not published',
    registers: [registry],
  })
  new Gauge({
    name: 'todo_outbox_depth',
    help: 'Entries of the outbox that are not published',
    registers: [registry],
    async collect() {
      const { depth, ageSeconds } = await outboxBacklog(pool)
      this.set(depth)
      age.set(ageSeconds)
    },
  })
}
