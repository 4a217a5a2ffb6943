import { v7 as uuidv7 } from 'uuid'
import { dueInstant } from '@todo/model/due'
import type { EventData } from '@todo/model/events'
import type { Task } from '@todo/model/task'
import type { Access, VisibleList } from '../access.ts'
import type { Ctx } from '../context.ts'
import { findPerson } from '../profile/repo.ts'
import { remind, syncReminders } from '../reminders/sync-reminders.ts'
import { announce } from './announce.ts'
import { changesBetween, fieldVersions } from './changes.ts'
import * as repo from './repo.ts'
import { saveTask } from './save-task.ts'

/**
 * Makes the occurrence that a series wants, once: its id follows from series and time. Nothing is made when the one
 * before it was reopened in the meantime, or has a successor that lives. Where the completed one is now makes no
 * difference: in a list in the bin, the next one waits there with it.
 */
export async function createOccurrence(ctx: Ctx, wanted: EventData<'occurrence.due'>): Promise<void> {
  const previous = await repo.lockTaskOfSystem(ctx.tx, wanted.taskId)
  if (previous?.completedAt !== wanted.completedAt || previous.seriesId !== wanted.seriesId) return
  if (await repo.hasSuccessor(ctx.tx, previous.id)) return
  const list = await repo.listForSystem(ctx.tx, previous.listId)
  const person = list && (await findPerson(ctx.tx, list.ownerId))
  if (!list || !person) return
  const { completedAt } = wanted
  const next = await takeUp(ctx, nextTask(ctx, previous, wanted, person.timeZone), {
    list,
    completedAt,
    previousId: previous.id,
  })
  if (!next) return
  if (next.reminders.length > 0) await syncReminders(ctx, next, { userId: person.id, firePast: false })
}

interface TakingUp {
  list: VisibleList
  /** When the one before it was completed. */
  completedAt: string
  previousId: string
}

/**
 * Inserts it, or brings back the one that was withdrawn, or deleted before this completion; null when it is there
 * already, or was deleted since: then the series is to end.
 */
async function takeUp(ctx: Ctx, task: Task, { list, completedAt, previousId }: TakingUp): Promise<Task | null> {
  const changes = changesBetween(null, task)
  if (await repo.insertTask(ctx.tx, task, { fields: fieldVersions(changes, 1, null) })) {
    const { priority, seriesId, occurrenceAt } = task
    await repo.markMade(ctx.tx, task.id, task.version)
    await repo.joinSeriesOf(ctx.tx, task.id, previousId)
    announce(ctx, 'task.created', { before: null, after: task, changes, list }, { priority, seriesId, occurrenceAt })
    return task
  }
  const takenBack = await repo.lockTakenBack(ctx.tx, task.id, completedAt)
  return takenBack && bringBack(ctx, takenBack, { task, list })
}

/** Whatever was made of it before, it is the next one afresh. */
async function bringBack(ctx: Ctx, before: Task, { task, list }: { task: Task; list: VisibleList }): Promise<Task> {
  const { id: _, version: _version, createdAt: _created, ...content } = task
  const saved = saveTask(ctx, before, content)!
  await repo.markMade(ctx.tx, task.id, saved.after.version)
  const left = saved.changes.listId ? await repo.listForSystem(ctx.tx, before.listId) : null
  if (left) await repo.leaveList(ctx.tx, saved)
  const members = [...new Set([...(left?.members ?? []), ...list.members])]
  announce(ctx, 'task.restored', { ...saved, list: { ...list, members } }, {})
  return saved.after
}

/** Like the one before it and in its place, with a fresh checklist and reminders of its own; absolute ones are not repeated. */
function nextTask({ now }: Ctx, previous: Task, wanted: EventData<'occurrence.due'>, timeZone: string): Task {
  const at = now().toISOString()
  const handedOn = { ...previous, ...previous.following }
  return {
    ...handedOn,
    following: null,
    skipped: false,
    id: wanted.nextTaskId,
    due: wanted.due,
    dueAt: dueInstant(wanted.due, timeZone),
    occurrenceAt: wanted.occurrenceAt,
    occurrenceNumber: wanted.occurrenceNumber,
    missedOccurrences: wanted.missedOccurrences,
    reminders: handedOn.reminders
      .filter((reminder) => reminder.kind === 'relative')
      .map((reminder) => ({ ...reminder, id: uuidv7() })),
    subtasks: handedOn.subtasks.map(({ title }) => ({ id: uuidv7(), title, completedAt: null })),
    version: 1,
    createdAt: at,
    updatedAt: at,
    completedAt: null,
    deletedAt: null,
  }
}

/** Takes the next occurrence back, if nobody has touched it: the one before it is open again. Answers it as it is then. */
export async function withdrawSuccessor(ctx: Ctx, access: Access, task: Task): Promise<Task | null> {
  if (!task.seriesId || !task.occurrenceNumber) return null
  const next = await repo.lockUntouchedSuccessor(ctx.tx, task.seriesId, task.occurrenceNumber)
  const list = next && access.lists.get(next.listId)
  if (!list) return null
  const saved = saveTask(ctx, next, { deletedAt: ctx.now().toISOString() })!
  await repo.withdraw(ctx.tx, next.id)
  await remind(ctx, access, saved.after, { firePast: false, before: next })
  announce(ctx, 'task.deleted', { ...saved, list, isGone: true }, {})
  return saved.after
}
