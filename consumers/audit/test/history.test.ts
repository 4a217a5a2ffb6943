import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { v7 } from 'uuid'
import { clean } from '../src/housekeeping.ts'
import { anEvent, second, startAudit, taskUpdated } from './audit-service.ts'
import type { AuditUnderTest } from './audit-service.ts'

let audit: AuditUnderTest
beforeAll(async () => {
  audit = await startAudit()
})
afterAll(() => audit.close())

const versions = (page: { items: { version: number | null }[] }) => page.items.map((item) => item.version)

describe('the history of a task', () => {
  it('says who changed what, when, from what to what', async () => {
    const [taskId, userId] = [v7(), v7()]
    const event = taskUpdated(taskId, 2, {
      userId,
      changes: { priority: ['low', 'high'], due: [null, { date: '2026-12-24' }] },
    })
    await audit.handle(event)
    const { items, nextCursor } = await audit.history(taskId)
    expect(nextCursor).toBeNull()
    expect(items).toEqual([
      {
        id: event.id,
        type: 'task.updated',
        at: '2026-12-01T08:00:02.000Z',
        version: 2,
        actor: { kind: 'user', id: userId, name: null },
        changes: { priority: ['low', 'high'], due: [null, { date: '2026-12-24' }] },
      },
    ])
  })

  it('has one line for an event that was delivered twice, even at the same time', async () => {
    const taskId = v7()
    const event = taskUpdated(taskId, 1)
    await Promise.all([audit.handle(event), audit.handle(event), audit.handle(event)])
    await audit.handle(event)
    expect(versions(await audit.history(taskId))).toEqual([1])
  })

  it('is newest first, in whatever order the events came', async () => {
    const taskId = v7()
    for (const version of [4, 1, 5, 3, 2]) await audit.handle(taskUpdated(taskId, version))
    expect(versions(await audit.history(taskId))).toEqual([5, 4, 3, 2, 1])
  })

  it('is in the order of versions where the clocks of two machines disagree', async () => {
    const taskId = v7()
    await audit.handle(taskUpdated(taskId, 1, {}, second(1)))
    await audit.handle(taskUpdated(taskId, 2, {}, second(20)))
    await audit.handle(taskUpdated(taskId, 3, {}, second(10)))
    expect(versions(await audit.history(taskId))).toEqual([3, 2, 1])
    const first = await audit.history(taskId, '?limit=1')
    const rest = await audit.history(taskId, `?cursor=${first.nextCursor}`)
    expect([...versions(first), ...versions(rest)]).toEqual([3, 2, 1])
  })

  it('begins at no place that it did not tell', async () => {
    const taskId = v7()
    for (const moment of ['2027-02-30T00:00:00Z', '2027-01-01T99:00:00Z', '0000-01-01T00:00:00Z']) {
      const cursor = Buffer.from(`${moment}_1_${v7()}`).toString('base64url')
      await expect(audit.history(taskId, `?cursor=${cursor}`)).rejects.toThrow(
        'must be the nextCursor of the page before',
      )
    }
  })

  it('knows nothing of other tasks', async () => {
    await audit.handle(taskUpdated(v7(), 1))
    expect(await audit.history(v7())).toEqual({ items: [], nextCursor: null })
  })

  it('keeps list events without showing them in a task', async () => {
    const [listId, userId] = [v7(), v7()]
    const actor = { kind: 'user' as const, id: userId }
    const origin = { actor, clientId: null, mutationId: null, batchId: null }
    await audit.handle(
      anEvent('list.updated', listId, { listId, userId, version: 2, changes: { name: ['Home', 'House'] }, ...origin }),
    )
    const { rows } = await audit.database.pool.query('select * from audit.history_entry where list_id = $1', [listId])
    expect(rows).toMatchObject([
      { type: 'list.updated', task_id: null, owner_id: userId, version: 2, changes: { name: ['Home', 'House'] } },
    ])
  })
})

describe('reminders in the history of a task', () => {
  it('stand at their time among the changes, each try with what became of it', async () => {
    const [taskId, userId, reminderId] = [v7(), v7(), v7()]
    const remindAt = second(2).toISOString()
    const fired = { reminderId, taskId, userId, remindAt }
    const tried = { ...fired, channel: 'email' as const }
    const recipient = { name: 'Ada', email: 'ada@example.org', timeZone: 'UTC', locale: 'en', channels: [] }
    const due = { ...fired, title: 'Call', dueAt: null, due: null, firedAt: second(2).toISOString(), recipient }
    const refused = {
      ...tried,
      attempt: 1,
      at: second(3).toISOString(),
      error: '451 try later',
      retryAt: second(8).toISOString(),
    }
    for (const event of [
      anEvent('reminder.delivered', taskId, { ...tried, attempt: 2, at: second(8).toISOString() }),
      taskUpdated(taskId, 2, {}, second(5)),
      anEvent('reminder.failed', taskId, refused),
      anEvent('reminder.due', taskId, due),
      taskUpdated(taskId, 1, {}, second(1)),
    ]) {
      await audit.handle(event)
      await audit.handle(event)
    }
    const { items } = await audit.history(taskId)
    expect(items.map((item) => item.type)).toEqual([
      'reminder.delivered',
      'task.updated',
      'reminder.failed',
      'reminder.due',
      'task.updated',
    ])
    expect(items[2]).toMatchObject({
      at: refused.at,
      version: null,
      actor: { kind: 'system', id: 'notification', name: null },
      changes: {
        channel: [null, 'email'],
        attempt: [null, 1],
        error: [null, '451 try later'],
        retryAt: [null, refused.retryAt],
      },
    })
    expect(JSON.stringify(items)).not.toContain('ada@example.org')
  })
})

describe('pages of a history', () => {
  it('hold every line once, also when more arrive in between', async () => {
    const taskId = v7()
    for (let version = 1; version <= 7; version++) await audit.handle(taskUpdated(taskId, version))
    const first = await audit.history(taskId, '?limit=3')
    await audit.handle(taskUpdated(taskId, 8))
    const second = await audit.history(taskId, `?limit=3&cursor=${first.nextCursor}`)
    const third = await audit.history(taskId, `?limit=3&cursor=${second.nextCursor}`)
    expect([first, second, third].map(versions)).toEqual([[7, 6, 5], [4, 3, 2], [1]])
    expect(third.nextCursor).toBeNull()
  })

  it('hold lines of the same moment once', async () => {
    const taskId = v7()
    const at = second(1).toISOString()
    const delivered = {
      reminderId: v7(),
      taskId,
      userId: v7(),
      remindAt: at,
      channel: 'in-app' as const,
      attempt: 1,
      at,
    }
    for (let n = 0; n < 5; n++) await audit.handle(anEvent('reminder.delivered', taskId, delivered))
    await audit.handle(taskUpdated(taskId, 1, {}, second(1)))
    const seen: string[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const page = await audit.history(taskId, `?limit=2${cursor && `&cursor=${cursor}`}`)
      seen.push(...page.items.map((item) => item.id))
      cursor = page.nextCursor
    }
    expect(seen).toHaveLength(6)
    expect(new Set(seen).size).toBe(6)
  })

  it.each([
    ['limit=0', 'limit'],
    ['limit=201', 'limit'],
    ['limit=many', 'limit'],
    ['cursor=nonsense', 'cursor'],
    [`cursor=${Buffer.from('2026-99-99T00:00:00Z_1_' + v7()).toString('base64url')}`, 'cursor'],
    ['colour=red', 'colour'],
  ])('are refused for ?%s, naming the field', async (query, field) => {
    const answer = await audit.app.inject(`/internal/tasks/${v7()}/history?${query}`)
    expect(answer.statusCode).toBe(400)
    expect(answer.json().errors[0].field).toBe(field)
  })

  it('are refused for an id that is none', async () => {
    expect((await audit.app.inject('/internal/tasks/42/history')).statusCode).toBe(400)
  })
})

it('keeps what was changed for good, and what became of reminders for 90 days', async () => {
  const [taskId, userId] = [v7(), v7()]
  const daysAgo = (days: number) => new Date(Date.now() - days * 24 * 60 * 60_000)
  await audit.handle(taskUpdated(taskId, 1, { userId }, daysAgo(400)))
  for (const days of [89, 91]) {
    const at = daysAgo(days).toISOString()
    const data = { reminderId: v7(), taskId, userId, remindAt: at, at, channel: 'email' as const, attempt: 1 }
    await audit.handle(anEvent('reminder.delivered', taskId, data, daysAgo(days)))
  }
  await clean(audit.database.pool)
  expect((await audit.history(taskId)).items.map(({ type }) => type)).toEqual(['reminder.delivered', 'task.updated'])
})
