import type { Ctx } from '../context.ts'
import type { ReminderRef } from './repo.ts'

/** One alarm per reminder: scheduling it again moves it. */
export function reminderJobName(taskId: string, reminderId: string): string {
  return `reminder.${taskId}.${reminderId}`
}

type ReminderJobKind = 'fire-reminder' | 'release-reminder'

/** The alarm at which a reminder rings, or at which what is held of it goes out: never both. */
export function scheduleAlarm(
  { jobs }: Pick<Ctx, 'jobs'>,
  { taskId, reminderId, remindAt }: ReminderRef,
  { kind = 'fire-reminder', at = remindAt }: { kind?: ReminderJobKind; at?: string } = {},
): void {
  const data = { taskId, reminderId, remindAt }
  jobs.schedule({ name: reminderJobName(taskId, reminderId), kind, at: new Date(at), data })
}
