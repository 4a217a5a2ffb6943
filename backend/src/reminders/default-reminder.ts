import type { Due, ReminderInput } from '@todo/model/task'
import type { Ctx } from '../context.ts'
import { defaultReminderOf } from '../profile/repo.ts'

/** What a new task is reminded of where nobody said: the profile's, for a time. A task without one costs no look at it. */
export async function defaultReminders({ tx }: Ctx, userId: string, due: Due | null): Promise<ReminderInput[]> {
  if (!due?.time) return []
  const minutesBefore = await defaultReminderOf(tx, userId)
  return minutesBefore === null ? [] : [{ kind: 'relative', minutesBefore }]
}
