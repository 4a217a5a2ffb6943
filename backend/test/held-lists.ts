import type { Client, TestBackend } from './harness.ts'

/** The lists of this person, locked: whatever writes to them waits until they are let go. */
export interface HeldLists {
  /** How many connections wait for a lock. */
  waiting: () => Promise<number>
  letGo: () => Promise<void>
}

export async function holdLists({ testDatabase }: TestBackend, { userId }: Client): Promise<HeldLists> {
  const { pool } = testDatabase.database
  const holder = await pool.connect()
  await holder.query('begin')
  await holder.query('select from list where owner_id = $1 for update', [userId])
  return {
    waiting: async () => {
      const text = `select count(*) as n from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
      // By another connection: within a transaction, the view shows what it showed first.
      return (await pool.query<{ n: number }>(text)).rows[0]!.n
    },
    letGo: async () => {
      await holder.query('commit')
      holder.release()
    },
  }
}
