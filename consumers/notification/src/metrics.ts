import { Counter } from 'prom-client'
import type { Registry } from 'prom-client'
import type { CountDelivery } from './delivery-ctx.ts'

/** Counts what became of messages. */
export function deliveryCounter(registry: Registry): CountDelivery {
  const reminders = new Counter({
    name: 'todo_reminder_deliveries_total',
    help: 'Tries to deliver a reminder, by channel and what became of them',
    labelNames: ['channel', 'outcome'],
    registers: [registry],
  })
  const others = new Counter({
    name: 'todo_message_deliveries_total',
    help: 'Tries to deliver a digest or a test, by channel and what became of them',
    labelNames: ['about', 'channel', 'outcome'],
    registers: [registry],
  })
  return ({ message: { about }, channel: { kind: channel } }, outcome) => {
    if (about === 'reminder') reminders.inc({ channel, outcome })
    else others.inc({ about, channel, outcome })
  }
}
