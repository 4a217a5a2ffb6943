import { Counter } from 'prom-client'
import type { Registry } from 'prom-client'
import type { DeliveryCtx } from './delivery-ctx.ts'

/** Counts what became of reminders. */
export function deliveryCounter(registry: Registry): DeliveryCtx['count'] {
  const deliveries = new Counter({
    name: 'todo_reminder_deliveries_total',
    help: 'Tries to deliver a reminder, by channel and what became of them',
    labelNames: ['channel', 'outcome'],
    registers: [registry],
  })
  return (channel, outcome) => deliveries.inc({ channel, outcome })
}
