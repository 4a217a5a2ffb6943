import { quietEnd } from '@todo/model/quiet-hours'
import type { Recipient } from '../channels/recipient.ts'
import type { Ctx } from '../context.ts'
import type { Person } from '../profile/repo.ts'
import { scheduleAlarm } from './job.ts'
import { holdReminder, holdUntil, shareQuietHours } from './repo.ts'
import type { ReminderRef } from './repo.ts'

/** Nothing is sent: that it is due is said to the other services all the same. */
export function silenced(recipient: Recipient): Recipient {
  return { ...recipient, channels: [], endpoints: [] }
}

/** When it is quiet for a person now: until when. They cannot change that before this transaction ends. */
export async function quietUntil({ tx, now }: Ctx, person: Person): Promise<string | null> {
  if (!person.quietFrom) return null
  const { quietFrom: from, quietTo: to, timeZone } = await shareQuietHours(tx, person.id)
  return from && to ? (quietEnd({ from, to }, now(), timeZone)?.toISOString() ?? null) : null
}

export async function holdBack(ctx: Ctx, reminder: ReminderRef, until: string): Promise<void> {
  await holdReminder(ctx.tx, reminder, until)
  scheduleAlarm(ctx, reminder, { kind: 'release-reminder', at: until })
}

/** Other quiet hours, or another zone, count for what is held as well. */
export async function holdByNewHours(ctx: Ctx, { id, quietFrom, quietTo, timeZone }: Person): Promise<void> {
  const quiet = quietFrom && quietTo ? { from: quietFrom, to: quietTo } : null
  const until = ((quiet && quietEnd(quiet, ctx.now(), timeZone)) ?? ctx.now()).toISOString()
  for (const { isRepeating, ...reminder } of await holdUntil(ctx.tx, id, until)) {
    scheduleAlarm(ctx, reminder, { kind: isRepeating ? 'fire-reminder' : 'release-reminder', at: until })
  }
}
