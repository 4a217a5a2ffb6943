import { Histogram } from 'prom-client'
import type { Registry } from 'prom-client'
import type { UnitOfWork } from '../context.ts'
import { fireReminder } from './fire-reminder.ts'
import type { ReminderRef } from './repo.ts'

/** Reminders fire by themselves. */
export const REMINDERS = {
  actor: { kind: 'system', id: 'reminders' },
  clientId: null,
  mutationId: null,
  batchId: null,
} as const

export type Fire = (reminder: ReminderRef) => Promise<boolean>

/**
 * Fires a reminder in a transaction of its own, and measures how late that is. False when it was not to be fired.
 * @param secret signs the link that ends such mails
 */
export function createFiring(unitOfWork: UnitOfWork, registry: Registry, secret: string): Fire {
  const lateness = new Histogram({
    name: 'todo_reminder_lateness_seconds',
    help: 'From the time that a reminder is set for until it fires',
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3_600],
    registers: [registry],
  })
  return async (reminder) => {
    const hasFired = await unitOfWork.change(REMINDERS, (ctx) => fireReminder(ctx, reminder, secret))
    if (hasFired) lateness.observe((unitOfWork.now().getTime() - Date.parse(reminder.remindAt)) / 1_000)
    return hasFired
  }
}
