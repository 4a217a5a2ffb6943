import { v7 as uuidv7 } from 'uuid'
import type { CreateTask, ReminderInput, Task } from '@todo/model/task'
import type { Access } from '../access.ts'
import type { Ctx } from '../context.ts'
import { identifyReminders, refuseLongPast, refuseUnanchored } from '../reminders/sync-reminders.ts'
import { identifySubtasks } from './content.ts'
import { rankAtEnd } from './rank.ts'
import { scheduleOf } from './schedule.ts'

interface NewTask {
  listId: string
  input: CreateTask
  /** Where they were not said. */
  defaultReminders: ReminderInput[]
}

/** A task as somebody asked for it, with what they left out. */
export function newTask(ctx: Ctx, access: Access, { listId, input, defaultReminders }: NewTask): Task {
  const now = ctx.now()
  const schedule = scheduleOf(null, input, access.timeZone)
  const reminders = identifyReminders(input.reminders ?? defaultReminders, [])
  refuseUnanchored(reminders, schedule.due)
  if (input.reminders) refuseLongPast(reminders, schedule.due, access.timeZone, now)
  return {
    id: input.id ?? uuidv7(),
    listId,
    title: input.title,
    notes: input.notes,
    priority: input.priority,
    tags: input.tags,
    ...schedule,
    following: null,
    skipped: false,
    reminders,
    subtasks: identifySubtasks(input.subtasks),
    rank: input.rank ?? rankAtEnd(ctx),
    version: 1,
    createdAt: now.toISOString(),
    updatedAt: now.toISOString(),
    completedAt: null,
    deletedAt: null,
  }
}
