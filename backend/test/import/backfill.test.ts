import { afterAll, beforeAll, expect, test } from 'vitest'
import { createBackend } from '../harness.ts'
import type { TestBackend } from '../harness.ts'

let backend: TestBackend
beforeAll(async () => {
  backend = await createBackend()
})
afterAll(() => backend.close())

test('subtasks of imports before the update are known after it, and others are not', async () => {
  const ada = await backend.signUp()
  const imported = 'c1f5f0b4-5b0a-5a77-9d0e-2f8f6a0d6c11'
  const own = '0192f0c1-2b3c-7d4e-8f90-a1b2c3d4e5f6'
  const subtasks = [
    { id: imported, title: 'imported' },
    { id: own, title: 'own' },
  ]
  const task = await ada.createTask({ subtasks })
  backend.setNow(new Date(Date.now() + 60_000))
  await ada.createTask({ subtasks })
  const { pool } = backend.testDatabase.database
  await pool.query('drop table imported_subtask')
  await backend.migrateAgain('0008-imported-subtasks.sql')
  const { rows } = await pool.query('select id, task_id from imported_subtask')
  expect(rows).toEqual([{ id: imported, task_id: task.id }])
})
