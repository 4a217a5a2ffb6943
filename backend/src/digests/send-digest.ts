import { lastDailyTime, nextDailyTime } from '@todo/model/daily-time'
import { localDateAt } from '@todo/model/due'
import { readAccess } from '../access.ts'
import { isReached, recipientOfMessage } from '../channels/recipient.ts'
import type { MailRules } from '../channels/recipient.ts'
import type { Ctx } from '../context.ts'
import { findPerson } from '../profile/repo.ts'
import type { Person } from '../profile/repo.ts'
import { claimDigest, digestOf, setDigest } from './repo.ts'

/** After an outage of a night the day has begun without it. */
const TOO_LATE_MS = 6 * 60 * 60_000

/** The next one is due when it is the hour of the person; none where they have set none. */
export async function planDigest(ctx: Ctx, { id, digestAt, timeZone }: Person): Promise<void> {
  const now = ctx.now()
  await setDigest(ctx.tx, id, { now, nextAt: digestAt === null ? null : nextDailyTime(digestAt, now, timeZone) })
}

/**
 * Says what the day of a person has, once, however often and by whomever it is called: false where another one does. Too
 * late, with nothing to say or no channel to say it by, it is left out.
 */
export async function sendDigest(ctx: Ctx, userId: string, rules: MailRules): Promise<boolean> {
  const { tx } = ctx
  const now = ctx.now()
  const person = await findPerson(tx, userId)
  if (!person?.digestAt) return false
  const { timeZone } = person
  const nextAt = nextDailyTime(person.digestAt, now, timeZone)
  if (!(await claimDigest(tx, userId, { now, nextAt }))) return false
  // Of those that were missed in an outage, the latest is the one to make.
  const at = lastDailyTime(person.digestAt, now, timeZone)
  const recipient = await recipientOfMessage(tx, person, { about: 'digest', rules })
  if (!isReached(recipient) || now.getTime() - at.getTime() > TOO_LATE_MS) return true
  const listIds = (await readAccess(tx, userId))?.listIds ?? []
  const day = localDateAt(at, timeZone)
  const { overdue, due, done } = await digestOf(tx, { listIds, day, timeZone, now })
  if (overdue.count + due.count + done.count === 0) return true
  ctx.emit('digest.due', userId, { userId, day, overdue, due, done, recipient })
  return true
}
