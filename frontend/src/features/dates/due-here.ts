import type { Due } from '@todo/model/task'
import { wallClock } from '@todo/model/wall-clock'

type DueHere = Pick<Due, 'date' | 'time'>

/** So many times of other zones are remembered: a person who moved has only such. */
const MAX_REMEMBERED = 10_000
const remembered = new Map<string, DueHere>()

/** A due date on the person's own clock: a time that was entered in another zone as it is here. */
export function dueHere(due: Due, timeZone: string): DueHere {
  const { date, time } = due
  if (time === null || due.timeZone === null || due.timeZone === timeZone) return { date, time }
  const key = `${date}T${time} ${due.timeZone} ${timeZone}`
  const known = remembered.get(key)
  if (known) return known
  const local = wallClock(instantOf(`${date}T${time}:00`, due.timeZone), timeZone)
  const here = { date: local.slice(0, 10), time: local.slice(11, 16) }
  if (remembered.size >= MAX_REMEMBERED) remembered.clear()
  remembered.set(key, here)
  return here
}

/**
 * The same instant, in epoch milliseconds, as `zonedInstant` of the model, without carrying Temporal into the first
 * load: of two, the first; of none, with the offset from before the gap (RFC 5545 §3.3.5).
 */
export function instantOf(local: string, timeZone: string): number {
  const asUtc = Date.parse(`${local}Z`)
  const offsetAt = (at: number) => Date.parse(`${wallClock(at, timeZone)}Z`) - at
  const dayMs = 86_400_000
  const before = asUtc - offsetAt(asUtc - dayMs)
  const after = asUtc - offsetAt(asUtc + dayMs)
  return [Math.min(before, after), before, after].find((at) => at + offsetAt(at) === asUtc) ?? before
}

/** Text that sorts by when a task is due: a day without a time comes last on its day, no day after all. */
export function dueKey(due: Due | null, timeZone: string): string {
  if (!due) return '~'
  const { date, time } = dueHere(due, timeZone)
  return `${date}T${time ?? '99:99'}`
}
