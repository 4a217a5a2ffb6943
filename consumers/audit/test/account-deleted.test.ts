import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { v7 } from 'uuid'
import { pollUntil } from '@todo/platform/testing/poll-until'
import { anEvent, second, startAudit, taskUpdated } from './audit-service.ts'
import type { AuditUnderTest } from './audit-service.ts'

let audit: AuditUnderTest
beforeAll(async () => {
  audit = await startAudit()
})
afterAll(() => audit.close())

function accountDeleted(userId: string) {
  return anEvent('account.deleted', userId, { userId, deletedAt: second(100).toISOString() }, second(100))
}

async function linesOf(userId: string): Promise<number> {
  const { rows } = await audit.database.pool.query('select from audit.history_entry where owner_id = $1', [userId])
  return rows.length
}

describe('an account that is deleted', () => {
  it('takes its history with it, and nobody else’s', async () => {
    const [leaving, staying, task, other] = [v7(), v7(), v7(), v7()]
    await audit.handle(taskUpdated(task, 1, { userId: leaving }))
    await audit.handle(taskUpdated(other, 1, { userId: staying }))
    await audit.handle(accountDeleted(leaving))
    expect((await audit.history(task)).items).toEqual([])
    expect((await audit.history(other)).items).toHaveLength(1)
  })

  it('stays erased when its own events come late, or the deletion twice', async () => {
    const [userId, task] = [v7(), v7()]
    await audit.handle(accountDeleted(userId))
    await audit.handle(taskUpdated(task, 1, { userId }))
    await audit.handle(accountDeleted(userId))
    await audit.handle(taskUpdated(task, 2, { userId }))
    expect(await linesOf(userId)).toBe(0)
  })

  it('stays erased when its events are recorded at the very moment', async () => {
    for (let round = 0; round < 15; round++) {
      const userId = v7()
      const updates = Array.from({ length: 40 }, (_, n) => audit.handle(taskUpdated(v7(), n + 1, { userId })))
      await Promise.all([...updates.slice(0, 20), audit.handle(accountDeleted(userId)), ...updates.slice(20)])
      expect(await linesOf(userId)).toBe(0)
    }
  })

  it('waits for an insert that began before it and has not committed', async () => {
    const userId = v7()
    const slow = await audit.database.pool.connect()
    await slow.query('begin')
    await slow.query(
      `insert into audit.history_entry (event_id, owner_id, type, at, actor_kind, actor_id, changes)
       values ($1, $2, 'task.updated', now(), 'user', 'someone', '{}')`,
      [v7(), userId],
    )
    const erased = audit.handle(accountDeleted(userId))
    const outcome = await Promise.race([erased.then(() => 'erased'), lockIsAwaited().then(() => 'waiting')])
    await slow.query('commit')
    slow.release()
    await erased
    expect(outcome).toBe('waiting')
    expect(await linesOf(userId)).toBe(0)
  })
})

async function lockIsAwaited(): Promise<void> {
  await pollUntil(async () => {
    const { rows } = await audit.database.pool.query(
      `select from pg_locks where not granted and relation = 'audit.history_entry'::regclass`,
    )
    return rows.length > 0
  })
}
