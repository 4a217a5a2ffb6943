import type { Due, ReminderInput } from '@todo/model/task'
import type { Access } from '../access.ts'

/** What a new task is reminded of where nobody said: the profile's, for a time. */
export function defaultReminders({ defaultReminder }: Access, due: Due | null): ReminderInput[] {
  return due?.time && defaultReminder !== null ? [{ kind: 'relative', minutesBefore: defaultReminder }] : []
}
