import type { TodoEvent } from '@todo/model/events'
import type { Deps } from '@todo/platform/service'
import { lineOfReminder } from './history/history-line.ts'
import type { ReminderEvent } from './history/history-line.ts'
import { recordLine } from './history/repo.ts'

/** Keeps what became of a task's reminder. */
export async function onReminder(
  { database }: Pick<Deps<unknown>, 'database'>,
  event: TodoEvent<ReminderEvent>,
): Promise<void> {
  await recordLine(database.pool, lineOfReminder(event))
}
