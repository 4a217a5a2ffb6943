import { expect, test } from 'vitest'
import { createLog } from '@todo/platform/log'
import { migrate } from '@todo/platform/migrate'
import { backendService } from '../src/service.ts'
import { createBackend } from './harness.ts'

test('the index of words is made while people change their tasks, and nobody is refused', async () => {
  const backend = await createBackend()
  const { database } = backend.testDatabase
  const eve = await backend.signUp('Eve')
  const tasks = await Promise.all(Array.from({ length: 4 }, (_, n) => eve.createTask({ title: `Task ${n}` })))
  await database.pool.query(
    `insert into task (id, list_id, title, notes, priority, tags, rank, created_at, updated_at)
     select gen_random_uuid(), list_id, 'Many ' || n, 'of them', 2, '{}', 'b' || n, now(), now()
     from task, generate_series(1, 4000) as n where id = $1`,
    [tasks[0]!.id],
  )
  await database.direct.query(`
    drop index task_words; drop function owner_words; drop function owner_query;
    create index task_search on task using gin (owner_id, search);
    delete from platform.migration where owner = 'backend' and file >= '0015' and file < '0017'`)

  const migrated = new AbortController()
  const answers = new Set<number>()
  const change = async (id: string) => {
    for (let n = 0; !migrated.signal.aborted; n += 1) {
      const { status } = await eve.call('PATCH', `/tasks/${id}`, { notes: `changed ${n}` })
      answers.add(status)
    }
  }
  const changes = tasks.map(({ id }) => change(id))
  const migrator = { pool: database.direct, log: createLog('backend', 'silent'), pausesMs: [100, 100] }
  const applied = await migrate(migrator, { owner: 'backend', folder: backendService.migrations! }).finally(() =>
    migrated.abort(),
  )
  await Promise.all(changes)
  expect(applied).toEqual(['0015-search-by-owner.sql', '0016-one-index-of-words.sql'])
  expect([...answers]).toEqual([200])
  await backend.close()
})
