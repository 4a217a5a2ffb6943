import { sql } from 'kysely'
import { eraseDeadLetters } from '@todo/platform/dead-letter-table'
import { personOrigin, sqlRunner } from '../context.ts'
import type { Tx, UnitOfWork } from '../context.ts'
import { dropPasswordLinks } from './account-links.ts'
import { holdPassword } from './credential.ts'
import { lockPerson } from '../profile/repo.ts'
import { announceProfile } from '../profile/announce-profile.ts'
import { reminderJobName } from '../reminders/job.ts'
import { alarmsAbout } from '../reminders/repo.ts'

/**
 * Everything of a person goes at once, and the other services hear that theirs has to go too.
 * @param password how that was kept by which it was allowed
 */
export async function eraseAccount({ change }: UnitOfWork, userId: string, password?: string): Promise<void> {
  await change(personOrigin(userId), async (ctx) => {
    const { tx, emit, jobs, now } = ctx
    // First of all, so that of two at once the second finds nobody.
    if (!(await lockPerson(tx, userId))) return
    if (password !== undefined) await holdPassword(tx, userId, password)
    const lists = await lockLists(tx, userId)
    const alarms = await alarmsAbout(tx, userId)
    const erased = await eraseLists(tx, lists)
    await tx.deleteFrom('user').where('id', '=', userId).execute()
    await dropPasswordLinks(tx, userId)
    // What waited to be said, and what was said and is kept for a week, carries texts of theirs.
    const subjects = [userId, ...erased]
    await sql`delete from outbox where key = any(${subjects}::text[])`.execute(tx)
    await eraseDeadLetters(sqlRunner(tx), { userId, subjects })
    for (const { taskId, reminderId } of alarms) jobs.cancel(reminderJobName(taskId, reminderId))
    emit('account.deleted', userId, { userId, deletedAt: now().toISOString() })
    announceProfile(ctx, userId)
  })
}

/** The ids of the person's lists. Their locks are waited for: whoever held one has had its say. */
async function lockLists(tx: Tx, userId: string): Promise<string[]> {
  const lists = await tx.selectFrom('list').select('id').where('owner_id', '=', userId).forUpdate().execute()
  return lists.map(({ id }) => id)
}

/** Answers the ids of all lists and tasks that there were. */
async function eraseLists(tx: Tx, ids: string[]): Promise<string[]> {
  const tasks = await sql<{ id: string }>`delete from task where list_id = any(${ids}::uuid[]) returning id`.execute(tx)
  await sql`delete from list where id = any(${ids}::uuid[])`.execute(tx)
  return [...ids, ...tasks.rows.map(({ id }) => id)]
}
