import { Histogram } from 'prom-client'
import type { Registry } from 'prom-client'
import type { MailRules } from '../channels/recipient.ts'
import type { UnitOfWork } from '../context.ts'
import { fireReminder } from './fire-reminder.ts'
import { releaseReminder } from './release-reminder.ts'
import type { ReminderRef } from './repo.ts'

/** Reminders fire by themselves. */
export const REMINDERS = {
  actor: { kind: 'system', id: 'reminders' },
  clientId: null,
  mutationId: null,
  batchId: null,
} as const

export interface Firing {
  /** Fires a reminder in a transaction of its own, and measures how late that is. False when it was not to be fired. */
  fire: (reminder: ReminderRef) => Promise<boolean>
  /** The same for what was held of one in quiet hours; how late that is depends on the person, and is not measured. */
  release: (reminder: ReminderRef) => Promise<boolean>
}

export function createFiring(unitOfWork: UnitOfWork, registry: Registry, rules: MailRules): Firing {
  const lateness = new Histogram({
    name: 'todo_reminder_lateness_seconds',
    help: 'From the time that a reminder is set for until it fires',
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3_600],
    registers: [registry],
  })
  return {
    fire: async (reminder) => {
      const hasFired = await unitOfWork.change(REMINDERS, (ctx) => fireReminder(ctx, reminder, rules))
      if (hasFired) lateness.observe((unitOfWork.now().getTime() - Date.parse(reminder.remindAt)) / 1_000)
      return hasFired
    },
    release: (reminder) => unitOfWork.change(REMINDERS, (ctx) => releaseReminder(ctx, reminder, rules)),
  }
}
