import { sql } from 'kysely'
import type { Task } from '@todo/model/task'
import { holds } from '../access.ts'
import type { Access } from '../access.ts'
import type { Tx } from '../context.ts'
import { TASK_COLUMNS, toTask } from '../tasks/task-row.ts'
import type { TaskRow } from '../tasks/task-row.ts'

/** A subtask that an import made. */
export interface KnownSubtask {
  id: string
  taskId: string
  listId: string
  /** Null when it was deleted. */
  title: string | null
}

/** One import of a person at a time, to the end of the transaction: of two, the later sees what the earlier made. */
export async function lockImports(tx: Tx, userId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`import ${userId}`}, 0))`.execute(tx)
}

/** Wherever they are now, the bin included: what a person has put away does not come back. */
export async function knownTasks(tx: Tx, access: Access, ids: string[]): Promise<Map<string, Task>> {
  const { rows } = await sql<TaskRow>`
    select ${sql.raw(TASK_COLUMNS)} from task t where t.id = any(${ids}::uuid[]) and ${holds(access)}`.execute(tx)
  return new Map(rows.map((row) => [row.id, toTask(row)]))
}

export async function knownSubtasks(tx: Tx, ids: string[]): Promise<Map<string, KnownSubtask>> {
  const { rows } = await sql<KnownSubtask>`
    select i.id, i.task_id as "taskId", t.list_id as "listId",
      (select s->>'title' from jsonb_array_elements(t.subtasks) s where s->>'id' = i.id::text limit 1) as title
    from imported_subtask i join task t on t.id = i.task_id
    where i.id = any(${ids}::uuid[])`.execute(tx)
  return new Map(rows.map((row) => [row.id, row]))
}

export async function rememberSubtasks(tx: Tx, taskId: string, ids: string[]): Promise<void> {
  await sql`insert into imported_subtask (id, task_id) select unnest(${ids}::uuid[]), ${taskId}::uuid
    on conflict (id) do nothing`.execute(tx)
}
