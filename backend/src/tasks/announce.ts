import type { EventData, EventName } from '@todo/model/events'
import { taskState } from '@todo/model/task'
import type { Task } from '@todo/model/task'
import type { VisibleList } from '../access.ts'
import type { Ctx } from '../context.ts'
import type { Changes } from './changes.ts'

type TaskEventName = Extract<EventName, `task.${string}`>

/** Data of an event beside what every task event carries. */
type Extra<N extends TaskEventName> = Omit<EventData<N>, keyof EventData<'task.updated'>>

interface Change {
  before: Task | null
  after: Task
  changes: Changes
  list: Pick<VisibleList, 'ownerId' | 'members'>
}

/** Says what happened to a task: the event for the other services, and a compact notice for open browsers. */
export function announce<N extends Exclude<TaskEventName, 'task.changed'>>(
  { emit, origin }: Ctx,
  name: N,
  { before, after, changes, list }: Change,
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
    newStatus: taskState(after),
    taskId: after.id,
    listId: after.listId,
    version: after.version,
    fields: Object.keys(changes),
    audience: list.members,
    clientId,
    mutationId,
  })
}
