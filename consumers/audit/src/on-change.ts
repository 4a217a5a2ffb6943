import type { TodoEvent } from '@todo/model/events'
import type { Deps } from '@todo/platform/service'
import { lineOfChange } from './history/history-line.ts'
import type { ChangeEvent } from './history/history-line.ts'
import { recordLine } from './history/repo.ts'

/** Keeps who changed what of a task or a list. In any order: the version sorts the lines when they are read. */
export async function onChange(
  { database }: Pick<Deps<unknown>, 'database'>,
  event: TodoEvent<ChangeEvent>,
): Promise<void> {
  await recordLine(database.pool, lineOfChange(event))
}
