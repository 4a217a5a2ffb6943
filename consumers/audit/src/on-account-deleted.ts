import type { TodoEvent } from '@todo/model/events'
import type { Deps } from '@todo/platform/service'
import { awaitRunningInserts, deleteHistory, markErased } from './history/repo.ts'

/** Erases the history of a person who left, and keeps what of theirs arrives later from being recorded. */
export async function onAccountDeleted(
  { database: { pool }, log }: Pick<Deps<unknown>, 'database' | 'log'>,
  { data: { userId, deletedAt } }: TodoEvent<'account.deleted'>,
): Promise<void> {
  await markErased(pool, userId, deletedAt)
  await awaitRunningInserts(pool)
  const lines = await deleteHistory(pool, userId)
  log.info({ userId, lines }, 'history erased')
}
