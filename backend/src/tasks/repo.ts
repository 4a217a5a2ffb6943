import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import { NIL } from 'uuid'
import type { Task } from '@todo/model/task'
import { notFound } from '@todo/platform/errors'
import { holds } from '../access.ts'
import type { Access, AccessState, VisibleList } from '../access.ts'
import type { Tx } from '../context.ts'
import { builder, statement } from '../statement.ts'
import type { Places } from '../statement.ts'
import type { FieldVersions, Tables } from '../tables.ts'
import { uuidArray } from '../uuid-array.ts'
import { TASK_COLUMNS, toTask, writableColumns } from './task-row.ts'
import type { TaskRow } from './task-row.ts'

const columns = sql.raw(TASK_COLUMNS)

type ByAccess = Pick<Access, 'userId' | 'revision' | 'listIds'>

/** Of tasks `t`: those that somebody may see. */
const visible = ({ listIds, ...state }: Places<ByAccess>) => sql`
  t.list_id = any(${listIds}::uuid[]) and not t.withdrawn and ${holds(state)}`

const find = statement<ByAccess & { taskId: string }, TaskRow>(
  ({ taskId, ...access }) => sql`select ${columns} from task t where t.id = ${taskId} and ${visible(access)}`,
)

/** @throws 404 when there is none that this person may see */
export async function findTask(db: Kysely<Tables>, access: Access, taskId: string): Promise<Task> {
  const { userId, revision, listIds } = access
  const { rows } = await db.executeQuery(find({ userId, revision, listIds, taskId }))
  if (!rows[0]) throw notFound('task')
  return toTask(rows[0])
}

/** The same, and nobody else can change it before this transaction ends. */
export async function lockTask(tx: Tx, access: Access, taskId: string): Promise<Task> {
  const [task] = await lockTasks(tx, access, [taskId])
  return task!
}

const lock = statement<ByAccess & { taskIds: string[] }, TaskRow>(
  ({ taskIds, ...access }) => sql`
    select ${columns} from task t where t.id = any(${uuidArray(taskIds)}) and ${visible(access)}
    order by t.id for no key update`,
)

/** In the order of `taskIds`; locked in the order of their ids, so that two bulk changes do not wait for each other. */
export async function lockTasks(tx: Tx, access: Access, taskIds: string[]): Promise<Task[]> {
  const { userId, revision, listIds } = access
  const { rows } = await tx.executeQuery(lock({ userId, revision, listIds, taskIds }))
  const byId = new Map(rows.map((row) => [row.id, toTask(row)]))
  return taskIds.map((id) => {
    const task = byId.get(id)
    if (!task) throw notFound('task')
    return task
  })
}

/** A task by id for what happens by itself, in nobody's name: the next occurrence, a reminder. */
export async function lockTaskOfSystem(tx: Tx, taskId: string): Promise<Task | null> {
  const { rows } = await sql<TaskRow>`select ${columns} from task t where t.id = ${taskId} for no key update`.execute(
    tx,
  )
  return rows[0] ? toTask(rows[0]) : null
}

/** A list by id, also one in the bin, with everyone who may see it. */
export async function listForSystem(tx: Tx, listId: string): Promise<VisibleList | null> {
  const { rows } = await sql<VisibleList>`
    select l.id, 'owner' as role, l.owner_id as "ownerId", l.is_inbox as "isInbox",
      array(select user_id::text from list_member where list_id = l.id) as members
    from list l where l.id = ${listId}`.execute(tx)
  return rows[0] ?? null
}

/**
 * Whether a later occurrence of its series is there, neither withdrawn nor in the bin: also as one that goes on by
 * another rule, or from another day, since somebody changed it so.
 */
export async function hasSuccessor(tx: Tx, taskId: string): Promise<boolean> {
  const { rows } = await sql`
    select 1 from task t, task later
    where t.id = ${taskId} and coalesce(later.series_root, later.series_id) = coalesce(t.series_root, t.series_id)
      and later.series_id is not null and not later.withdrawn and later.deleted_at is null
      and case later.series_id when t.series_id then later.occurrence_number > t.occurrence_number
        else later.created_at > t.created_at end
    limit 1`.execute(tx)
  return rows.length > 0
}

interface Insert {
  fields: FieldVersions
  /** Of whoever makes it; left out: what happens by itself, in nobody's name. */
  access?: Access
  createdFrom?: string | null
}

/** Whose access nobody asks about. */
const NOBODY = { userId: NIL, revision: null }

interface NewRow extends ReturnType<typeof writableColumns> {
  id: string
  created_at: string
  created_from: string | null
  field_versions: string
}

const insert = statement<NewRow & AccessState>(({ userId, revision, ...row }) =>
  builder
    .insertInto('task')
    .values({ ...row, list_id: sql`case when ${holds({ userId, revision })} then ${row.list_id}::uuid end` })
    .onConflict((conflict) => conflict.doNothing()),
)

/** False when the id, or the occurrence of its series, is there already. */
export async function insertTask(tx: Tx, task: Task, { fields, access, createdFrom = null }: Insert): Promise<boolean> {
  const { userId, revision } = access ?? NOBODY
  const { numAffectedRows } = await tx.executeQuery(
    insert({
      userId,
      revision,
      id: task.id,
      ...writableColumns(task),
      created_at: task.createdAt,
      created_from: createdFrom,
      field_versions: JSON.stringify(fields),
    }),
  )
  return numAffectedRows === 1n
}

type ChangedRow = ReturnType<typeof writableColumns> & Pick<NewRow, 'id' | 'field_versions'>

const update = statement<ChangedRow>(({ id, field_versions: fields, ...row }) =>
  builder
    .updateTable('task')
    .set({ ...row, withdrawn: false, field_versions: sql`field_versions || ${fields}::jsonb` })
    .where('id', '=', id),
)

/** Writes a task that this transaction has locked. */
export async function updateTaskRow(tx: Tx, task: Task, fields: FieldVersions): Promise<void> {
  await tx.executeQuery(update({ id: task.id, ...writableColumns(task), field_versions: JSON.stringify(fields) }))
}

/** Days without a time end when they end in this zone, in every list of this person. */
export async function moveWholeDays(tx: Tx, ownerId: string, timeZone: string): Promise<void> {
  await sql`update task set due_by = end_of_day(due_date, ${timeZone})
    where list_id in (select id from list where owner_id = ${ownerId}) and due_date is not null and due_at is null
      and due_by <> end_of_day(due_date, ${timeZone})`.execute(tx)
}

/** What a client sent to create it; null for a task that was made otherwise. */
export async function createdFrom(tx: Tx, taskId: string): Promise<string | null> {
  const row = await tx.selectFrom('task').select('created_from').where('id', '=', taskId).executeTakeFirst()
  return row?.created_from ?? null
}

/** The next rank in a list that is greater than this one (null: the first of all), leaving out those that move. */
export async function rankAfter(tx: Tx, listId: string, rank: string | null, moving: string[]): Promise<string | null> {
  const { rows } = await sql<{ rank: string }>`
    select rank from task
    where list_id = ${listId} and (${rank}::text is null or rank > ${rank}) and not (id = any(${moving}::uuid[]))
    order by rank limit 1`.execute(tx)
  return rows[0]?.rank ?? null
}

/** The tasks of its list that have the rank of this one and come after it, in their order, but for those that move. */
export async function lockTiedAfter(tx: Tx, { listId, rank, id }: Task, moving: string[]): Promise<Task[]> {
  const { rows } = await sql<TaskRow>`
    select ${columns} from task t
    where t.list_id = ${listId} and t.rank = ${rank} and t.id > ${id} and not (t.id = any(${moving}::uuid[]))
      and not t.withdrawn
    order by t.id for no key update`.execute(tx)
  return rows.map(toTask)
}

/** A copy that only has the old list hears that it went. */
export async function leaveList(tx: Tx, { before, after }: { before: Task; after: Task }): Promise<void> {
  await sql`insert into tombstone (list_id, task_id) values (${before.listId}, ${before.id})
    on conflict (list_id, task_id) do update set task_id = excluded.task_id`.execute(tx)
  await tx.deleteFrom('tombstone').where('list_id', '=', after.listId).where('task_id', '=', after.id).execute()
}

/** The occurrence after this one, locked, if nobody has changed it since the series made it. */
export async function lockUntouchedSuccessor(tx: Tx, seriesId: string, occurrenceNumber: number): Promise<Task | null> {
  const { rows } = await sql<TaskRow & { made_version: number | null }>`
    select ${columns}, t.made_version from task t
    where t.series_id = ${seriesId} and t.occurrence_number > ${occurrenceNumber} and not t.withdrawn
    order by t.occurrence_number limit 1
    for no key update`.execute(tx)
  const [next] = rows
  const isUntouched = next && next.version === next.made_version && !next.completed_at && !next.deleted_at
  return isUntouched ? toTask(next) : null
}

/** Remembers which version the series made, to tell later whether anybody has touched it since. */
export async function markMade(tx: Tx, taskId: string, version: number): Promise<void> {
  await tx.updateTable('task').set({ made_version: version }).where('id', '=', taskId).execute()
}

/** Its story is told with that of the series before it, whose rule or time was changed. */
export async function continueSeries(tx: Tx, taskId: string, seriesId: string): Promise<void> {
  await sql`update task set series_root = coalesce(series_root, ${seriesId}) where id = ${taskId}`.execute(tx)
}

/** A new occurrence belongs to the same story as the one before it. */
export async function joinSeriesOf(tx: Tx, taskId: string, previousId: string): Promise<void> {
  await sql`update task t set series_root = p.series_root from task p
    where t.id = ${taskId} and p.id = ${previousId} and p.series_root is not null`.execute(tx)
}

/** An occurrence that a completion may take up again: withdrawn, or in the bin since before it. */
export async function lockTakenBack(tx: Tx, taskId: string, completedAt: string): Promise<Task | null> {
  const { rows } = await sql<TaskRow>`
    select ${columns} from task t
    where t.id = ${taskId} and (t.withdrawn or t.deleted_at <= ${completedAt}) for no key update`.execute(tx)
  return rows[0] ? toTask(rows[0]) : null
}

export async function withdraw(tx: Tx, taskId: string): Promise<void> {
  await tx.updateTable('task').set({ withdrawn: true }).where('id', '=', taskId).execute()
}
