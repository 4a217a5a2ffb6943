import { v7 as uuidv7 } from 'uuid'
import { isDeepStrictEqual } from 'node:util'
import { reminderInstant } from '@todo/model/due'
import { isLongPast, nextRing } from '@todo/model/next-ring'
import type { Ring, RingOptions } from '@todo/model/next-ring'
import { taskState } from '@todo/model/task'
import type { Due, Reminder, ReminderInput, Task } from '@todo/model/task'
import { invalidField } from '@todo/platform/errors'
import type { Access } from '../access.ts'
import type { Ctx } from '../context.ts'
import { heldZone } from '../profile/repo.ts'
import { rememberHeard } from './heard.ts'
import { dropReminders, remindersOf, setReminder } from './repo.ts'
import type { ReminderRow } from './repo.ts'
import { reminderJobName, scheduleAlarm } from './job.ts'

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

interface SyncOptions extends Pick<RingOptions, 'firePast'> {
  /** Who is reminded. */
  userId: string
  /** The reminders as they were, where they may have changed. */
  before?: Reminder[]
}

interface RemindOptions extends Pick<SyncOptions, 'firePast'> {
  /** How it was, where its reminders may have changed. */
  before?: Task
}

/** Makes the alarms fit a task that this person has changed. Most tasks have no reminder, and cost nothing here. */
export async function remind(
  ctx: Ctx,
  { userId }: Access,
  task: Task,
  { firePast, before = task }: RemindOptions,
): Promise<void> {
  if (task.reminders.length + before.reminders.length === 0) return
  await syncReminders(ctx, task, { userId, firePast, before: before.reminders })
  await rememberHeard(ctx, userId, { before, task })
}

/** Makes the reminders that are still to ring, and their alarms, fit the task as it is now. */
export async function syncReminders(ctx: Ctx, task: Task, options: SyncOptions): Promise<void> {
  const { userId, firePast, before = task.reminders } = options
  const isOpen = taskState(task) === 'open'
  const countsFromDay = isOpen && task.due?.time === null && task.reminders.some(({ kind }) => kind === 'relative')
  // With a time, a due date has its own zone. The request's may be one that the person has left meanwhile.
  const timeZone = countsFromDay ? await heldZone(ctx.tx, userId) : 'UTC'
  const rows = new Map((await remindersOf(ctx.tx, task.id)).map((row) => [row.id, row]))
  const ringing = { due: task.due, timeZone, now: ctx.now(), firePast }
  for (const reminder of isOpen ? task.reminders : []) {
    const row = rows.get(reminder.id)
    const known = before.find(({ id }) => id === reminder.id) ?? reminder
    const plan = planOf(reminder, { row, isOtherPace: known.repeatMinutes !== reminder.repeatMinutes, ringing })
    if (plan === null) continue
    rows.delete(reminder.id)
    if (plan === 'as it is') continue
    const { remindAt, isOver = false } = plan
    await setReminder(ctx.tx, { taskId: task.id, reminderId: reminder.id, userId, ...plan, isOver })
    if (!isOver) scheduleAlarm(ctx, { taskId: task.id, reminderId: reminder.id, remindAt })
    else if (row) ctx.jobs.cancel(reminderJobName(task.id, reminder.id))
  }
  const dropped = [...rows.values()].filter(({ state }) => state !== 'fired').map(({ id }) => id)
  await dropReminders(ctx.tx, task.id, dropped)
  for (const id of dropped) ctx.jobs.cancel(reminderJobName(task.id, id))
}

interface Planning {
  row: ReminderRow | undefined
  /** Whether it repeats otherwise than before. */
  isOtherPace: boolean
  ringing: RingOptions
}

interface Plan extends Ring {
  /** Its time has passed, and it does not ring for that one any more. */
  isOver?: boolean
}

/**
 * When a reminder of an open task rings next; null: not any more. What stays set for the same time never rings for that
 * time again, whatever else is changed.
 */
function planOf(reminder: Reminder, { row, isOtherPace, ringing }: Planning): Plan | 'as it is' | null {
  const setFor = reminderInstant(reminder, ringing.due, ringing.timeZone)
  if (!setFor) return null
  if (row?.setFor !== setFor) return nextRing(reminder, ringing) ?? { setFor, remindAt: setFor, isOver: true }
  const { state, heldUntil } = row
  const goesOn = () => nextRing(reminder, { ...ringing, firePast: false })
  if (state === 'pending') {
    const hasBegun = Date.parse(setFor) <= ringing.now.getTime()
    return hasBegun && isOtherPace ? goesOn() : 'as it is'
  }
  if (!reminder.repeatMinutes) return 'as it is'
  // What repeats is not held: it rings again when the quiet hours end.
  return heldUntil === null ? goesOn() : { setFor, remindAt: heldUntil }
}
