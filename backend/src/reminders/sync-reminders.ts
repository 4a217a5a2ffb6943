import { v7 as uuidv7 } from 'uuid'
import { isDeepStrictEqual } from 'node:util'
import { PAST_REMINDER_LIMIT_MS, reminderInstant } from '@todo/model/due'
import { taskState } from '@todo/model/task'
import type { Due, Reminder, ReminderInput, Task } from '@todo/model/task'
import { invalidField } from '@todo/platform/errors'
import type { Access } from '../access.ts'
import type { Ctx } from '../context.ts'
import { deleteReminders, pendingReminders, upsertReminder } from './repo.ts'
import { reminderJobName } from './job.ts'

/** Reminders as they were sent, with ids: a known one keeps its id, a new one gets one of ours, since claims go by it. */
export function identifyReminders(inputs: ReminderInput[], known: Reminder[]): Reminder[] {
  const left = [...known]
  return inputs.map(({ id, ...content }) => {
    const index = left.findIndex(
      (old) => old.id === id || isDeepStrictEqual({ ...old, id: undefined }, { ...content, id: undefined }),
    )
    const [kept] = index === -1 ? [] : left.splice(index, 1)
    return { id: kept?.id ?? uuidv7(), ...content }
  })
}

/** @throws 400 for a reminder that counts back from a due date that is not there */
export function refuseUnanchored(reminders: Reminder[], due: Due | null): void {
  const index = due ? -1 : reminders.findIndex(({ kind }) => kind === 'relative')
  if (index === -1) return
  throw invalidField(
    `reminders.${index}`,
    'needs a due date to count back from: give one, or set the reminder for a fixed time',
  )
}

/** @throws 400 for a reminder that was due more than a day ago; within the day it fires at once */
export function refuseLongPast(reminders: Reminder[], due: Due | null, timeZone: string, now: Date): void {
  reminders.forEach((reminder, index) => {
    const at = reminderInstant(reminder, due, timeZone)
    if (at && isLongPast(at, now)) {
      throw invalidField(`reminders.${index}`, `would have been at ${at}, more than a day ago: choose a later time`)
    }
  })
}

function isLongPast(at: string, now: Date): boolean {
  return Date.parse(at) < now.getTime() - PAST_REMINDER_LIMIT_MS
}

interface SyncOptions {
  /** Who is reminded. */
  userId: string
  timeZone: string
  /** Whether one whose time has just passed fires at once, or is left alone (a task that was only reopened). */
  firePast: boolean
}

interface RemindOptions extends Pick<SyncOptions, 'firePast'> {
  /** How it was, where its reminders may have changed. */
  before?: Task
}

/** Makes the alarms fit a task that this person has changed. Most tasks have no reminder, and cost nothing here. */
export async function remind(
  ctx: Ctx,
  { userId, timeZone }: Access,
  task: Task,
  { firePast, before = task }: RemindOptions,
): Promise<void> {
  if (task.reminders.length + before.reminders.length === 0) return
  await syncReminders(ctx, task, { userId, timeZone, firePast })
}

/** Makes the pending reminders and their alarms fit the task as it is now. */
export async function syncReminders(ctx: Ctx, task: Task, { userId, timeZone, firePast }: SyncOptions): Promise<void> {
  const wanted =
    taskState(task) === 'open' ? wantedReminders(task, timeZone, ctx.now(), firePast) : new Map<string, string>()
  const dropped = (await pendingReminders(ctx.tx, task.id)).filter((id) => !wanted.has(id))
  await deleteReminders(ctx.tx, task.id, dropped)
  for (const id of dropped) ctx.jobs.cancel(reminderJobName(task.id, id))
  for (const [id, remindAt] of wanted) {
    const changed = await upsertReminder(ctx.tx, {
      id,
      task_id: task.id,
      user_id: userId,
      remind_at: remindAt,
      state: 'pending',
    })
    if (changed) scheduleReminder(ctx, task.id, id, remindAt)
  }
}

export function scheduleReminder(
  { jobs }: Pick<Ctx, 'jobs'>,
  taskId: string,
  reminderId: string,
  remindAt: string,
): void {
  const data = { taskId, reminderId, remindAt }
  jobs.schedule({ name: reminderJobName(taskId, reminderId), kind: 'fire-reminder', at: new Date(remindAt), data })
}

function wantedReminders(task: Task, timeZone: string, now: Date, firePast: boolean): Map<string, string> {
  const wanted = new Map<string, string>()
  for (const reminder of task.reminders) {
    const at = reminderInstant(reminder, task.due, timeZone)
    if (!at || isLongPast(at, now)) continue
    if (!firePast && Date.parse(at) <= now.getTime()) continue
    wanted.set(reminder.id, at)
  }
  return wanted
}
