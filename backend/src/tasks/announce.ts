import type { EventData, EventName } from '@todo/model/events'
import { taskState } from '@todo/model/task'
import type { Task } from '@todo/model/task'
import { notFound } from '@todo/platform/errors'
import type { Access, VisibleList } from '../access.ts'
import type { Ctx } from '../context.ts'
import type { Changes } from './changes.ts'
import type { SavedTask } from './save-task.ts'

type TaskEventName = Extract<EventName, `task.${string}`>

type ChangeName = Exclude<TaskEventName, 'task.changed'>

/** Data of an event beside what every task event carries. */
type Extra<N extends TaskEventName> = Omit<EventData<N>, keyof EventData<'task.updated'>>

interface Change {
  before: Task | null
  after: Task
  changes: Changes
  list: Pick<VisibleList, 'ownerId' | 'members'>
  /** Nobody can see it any longer, not even in the bin. */
  isGone?: boolean
}

/** Says what happened to a task: the event for the other services, and a compact notice for open browsers. */
export function announce<N extends ChangeName>(
  { emit, origin }: Ctx,
  name: N,
  { before, after, changes, list, isGone = false }: Change,
  extra: Extra<N>,
): void {
  const { actor, clientId, mutationId, batchId } = origin
  const data: EventData<'task.updated'> = {
    taskId: after.id,
    listId: after.listId,
    userId: list.ownerId,
    title: after.title,
    version: after.version,
    changes,
    actor,
    clientId,
    mutationId,
    batchId,
  }
  emit(name, after.id, { ...data, ...extra } as EventData<N>)
  emit('task.changed', after.id, {
    eventType: name,
    oldStatus: before ? taskState(before) : 'none',
    newStatus: isGone ? 'none' : taskState(after),
    taskId: after.id,
    listId: after.listId,
    version: after.version,
    fields: Object.keys(changes),
    audience: list.members,
    clientId,
    mutationId,
  })
}

/** The same of a saved task, to who sees its list. */
export function announceSaved<N extends ChangeName>(
  ctx: Ctx,
  access: Access,
  name: N,
  saved: SavedTask,
  extra: Extra<N>,
): void {
  announce(ctx, name, { ...saved, list: listOf(access, saved.after) }, extra)
}

/** Who sees the old and who sees the new list hear of it. */
export function announceUpdate(ctx: Ctx, access: Access, saved: SavedTask): void {
  const list = listOf(access, saved.after)
  const old = access.lists.get(saved.before.listId)
  const members = [...new Set([...(old?.members ?? []), ...list.members])]
  announce(ctx, 'task.updated', { ...saved, list: { ...list, members } }, {})
}

function listOf(access: Access, task: Task): VisibleList {
  const list = access.lists.get(task.listId)
  if (!list) throw notFound('list')
  return list
}
