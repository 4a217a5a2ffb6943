import type { Due, PatchTask, Task } from '@todo/model/task'
import { describeDue, type DueContext } from '../dates/due-phrase.ts'
import { duePatch, movesSeries } from '../recurrence/due-patch.ts'
import { quoted } from '../tasks/task-words.ts'

/** One of several tasks that get a new day: without a new time, each keeps its own. */
export function reschedulePatch(task: Task, due: Due | null): PatchTask {
  const own = task.due
  const isDayOnly = due !== null && due.time === null && own !== null
  return duePatch(task, isDayOnly ? { ...due, time: own.time, timeZone: own.timeZone } : due)
}

/** Tasks may leave the view with their new date, so it is said where they went. */
export function dueMessage(tasks: readonly Task[], due: Due | null, clock: DueContext): string {
  const [only, ...others] = tasks
  if (due) {
    const when = describeDue(due, clock).text
    return `${quoted(tasks)} ${others.length > 0 ? 'are' : 'is'} due ${when}${ofSeries(tasks)}`
  }
  if (!only || others.length > 0) return `${quoted(tasks)} have no due date now`
  const { recurrence, reminders } = duePatch(only, null)
  const gone = ['due date', recurrence !== undefined && 'recurrence', reminders && 'reminders'].filter((part) => part)
  const words = new Intl.ListFormat('en').format(gone as string[])
  return `${words.charAt(0).toUpperCase()}${words.slice(1)} removed`
}

/** What the new day means for the occurrences that follow. */
function ofSeries(tasks: readonly Task[]): string {
  const moving = tasks.filter((task) => task.recurrence && !task.completedAt && movesSeries(task)).length
  if (tasks.length === 1) {
    if (!tasks[0]?.recurrence) return ''
    return moving === 0 ? ', this once' : ', and its series with it'
  }
  if (moving === 0) return ''
  return moving === 1 ? ', and a series with them' : `, and ${moving} series with them`
}
