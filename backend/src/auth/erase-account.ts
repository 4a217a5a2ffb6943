import { sql } from 'kysely'
import type { UnitOfWork } from '../context.ts'

/** Everything of a person goes at once, and the other services hear that theirs has to go too. */
export async function eraseAccount({ change }: UnitOfWork, userId: string): Promise<void> {
  const origin = { actor: { kind: 'user', id: userId }, clientId: null, mutationId: null, batchId: null } as const
  await change(origin, async ({ tx, emit, now }) => {
    const audience = [userId]
    // What still waits to be published goes out before; what was published carries texts of theirs and goes now.
    await sql`delete from outbox where published_at is not null and key in (
      select t.id::text from task t join list l on l.id = t.list_id where l.owner_id = ${userId})`.execute(tx)
    await tx.deleteFrom('list').where('owner_id', '=', userId).execute()
    await tx.deleteFrom('user').where('id', '=', userId).execute()
    emit('account.deleted', userId, { userId, deletedAt: now().toISOString() })
    emit('view.changed', userId, { resource: 'profile', id: null, audience, clientId: null })
  })
}
