import type { PatchProfile, Profile } from '@todo/model/api'
import { notFound } from '@todo/platform/errors'
import type { Access } from '../access.ts'
import { mayBeMailed } from '../channels/recipient.ts'
import type { MailRules } from '../channels/recipient.ts'
import { stopChannel } from '../channels/stop-channel.ts'
import type { Ctx } from '../context.ts'
import { planDigest } from '../digests/send-digest.ts'
import { holdByNewHours } from '../reminders/quiet-hours.ts'
import { syncReminders } from '../reminders/sync-reminders.ts'
import { tasksRemindedByDay } from '../reminders/repo.ts'
import { lockTaskOfSystem, moveWholeDays } from '../tasks/repo.ts'
import { announceProfile } from './announce-profile.ts'
import { findPerson, lockZone, updatePerson } from './repo.ts'
import type { Person } from './repo.ts'

export function toProfile(person: Person, { inboxId, rules }: { inboxId: string; rules: MailRules }): Profile {
  const { quietFrom, quietTo, emailOffReason: _, emailVerified: __, ...rest } = person
  const quietHours = quietFrom && quietTo ? { from: quietFrom, to: quietTo } : null
  return { ...rest, emailConfirmed: mayBeMailed(person, rules), quietHours, inboxId }
}

/** Another time zone moves whole days, and the reminders that count back from them. */
export async function updateProfile(
  ctx: Ctx,
  { access, patch, rules }: { access: Access; patch: PatchProfile; rules: MailRules },
): Promise<Profile> {
  const { tx, now } = ctx
  const { userId } = access
  const left = patch.timeZone && (await lockZone(tx, userId))
  if (Object.keys(patch).length > 0) await updatePerson(tx, userId, toColumns(patch), now())
  if (patch.timeZone && patch.timeZone !== left) {
    await moveWholeDays(tx, userId, patch.timeZone)
    await moveReminders(ctx, userId)
  }
  const person = await findPerson(tx, userId)
  if (!person) throw notFound('account')
  if (patch.quietHours !== undefined || patch.timeZone) await holdByNewHours(ctx, person)
  if (patch.digestAt !== undefined || patch.timeZone) await planDigest(ctx, person)
  if (patch.digestAt === null) stopChannel(ctx, { userId, channelId: 'digest' })
  announceProfile(ctx, userId)
  return toProfile(person, { inboxId: access.inboxId, rules })
}

function toColumns({ quietHours, ...rest }: PatchProfile): Partial<Person> {
  if (quietHours === undefined) return rest
  return { ...rest, quietFrom: quietHours?.from ?? null, quietTo: quietHours?.to ?? null }
}

async function moveReminders(ctx: Ctx, userId: string): Promise<void> {
  for (const taskId of await tasksRemindedByDay(ctx.tx, userId)) {
    const task = await lockTaskOfSystem(ctx.tx, taskId)
    if (task) await syncReminders(ctx, task, { userId, firePast: false })
  }
}
