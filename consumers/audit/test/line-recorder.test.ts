import { v7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { HistoryLine } from '../src/history/history-line.ts'
import { LineRecorder } from '../src/history/line-recorder.ts'
import { second, startAudit } from './audit-service.ts'
import type { AuditUnderTest } from './audit-service.ts'

let audit: AuditUnderTest
beforeAll(async () => {
  audit = await startAudit()
})
afterAll(() => audit.close())

function aLine(taskId: string, version: number, eventId = v7()): HistoryLine {
  const actor = { kind: 'user', id: v7() } as const
  const at = second(version % 60).toISOString()
  return { eventId, ownerId: v7(), taskId, listId: v7(), type: 'task.updated', version, at, actor, changes: {} }
}

async function versionsOf(taskId: string): Promise<number[]> {
  const query = 'select version from audit.history_entry where task_id = $1 order by version'
  const { rows } = await audit.database.pool.query<{ version: number }>(query, [taskId])
  return rows.map((row) => row.version)
}

describe('lines of history that come together', () => {
  it('are all kept, each once, however often one comes', async () => {
    const [task, eventId] = [v7(), v7()]
    const recorder = new LineRecorder(audit.database.pool)
    const lines = Array.from({ length: 250 }, (_, index) => aLine(task, index + 2))
    const twice = [aLine(task, 1, eventId), aLine(task, 1, eventId)]
    await Promise.all([...twice, ...lines].map((line) => recorder.record(line)))
    expect(await versionsOf(task)).toEqual(Array.from({ length: 251 }, (_, index) => index + 1))
  })

  it('are kept when one among them cannot be, and that one is told', async () => {
    const task = v7()
    const recorder = new LineRecorder(audit.database.pool)
    const lines = [aLine(task, 1), aLine(task, 2), aLine(task, 3_000_000_000), aLine(task, 4)]
    const outcomes = await Promise.allSettled(lines.map((line) => recorder.record(line)))
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled'])
    expect(await versionsOf(task)).toEqual([1, 2, 4])
  })
})
