import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import type { TodoEvent } from '@todo/model/events'
import { CrashNotes } from '@todo/platform/dapr/crash-notes'
import { AppError, PermanentError } from '@todo/platform/errors'
import { eventRecorder } from '@todo/platform/testing/event-recorder'
import { pollUntil } from '@todo/platform/testing/poll-until'
import { accountDeleted } from '@todo/platform/testing/sample-events'
import { openAuditApp } from './audit-app.ts'

describe('an event that fails', () => {
  test('comes again with its number, and is a dead letter with its reason in the end', async () => {
    const tried: number[] = []
    const { deliver, letters } = await openAuditApp((_event, { attempt }) => {
      tried.push(attempt)
      return Promise.reject(new Error(`no luck, ${attempt}`))
    })
    const sent = accountDeleted()
    expect(await deliver(sent)).toBe('RETRY')
    expect(await deliver(sent)).toBe('RETRY')
    expect(letters).toEqual([])
    expect(await deliver(sent)).toBe('SUCCESS')
    expect(tried).toEqual([1, 2, 3])
    expect(letters[0]?.path).toBe('/v1.0/publish/events/task-events.audit.dead?metadata.rawPayload=true')
    const letter = { consumer: 'audit', topic: 'task-events', event: sent, error: 'no luck, 3', attempts: 3 }
    expect(letters[0]?.body).toMatchObject({ type: 'todo.dead-letter.v1', data: letter })
    expect(await deliver(sent)).toBe('RETRY')
    expect(tried.at(-1)).toBe(1)
  })

  test('is counted by where it lies: the same event published twice has tries of its own', async () => {
    const tried: number[] = []
    const { deliver } = await openAuditApp((_event, { attempt }) => {
      tried.push(attempt)
      return Promise.reject(new Error('no luck'))
    })
    const sent = accountDeleted()
    await deliver(sent, 1)
    await deliver(sent, 1)
    await deliver(sent, 2)
    expect(tried).toEqual([1, 2, 1])
  })

  test.each([
    ['is not JSON', '{ not JSON', '{ not JSON'],
    ['is of an unknown type', { ...accountDeleted(), type: 'todo.nothing.v1' }, { type: 'todo.nothing.v1' }],
    ['is of an unknown version', { ...accountDeleted(), type: 'todo.account.deleted.v9' }, {}],
    ['lacks a field', { ...accountDeleted(), data: {} }, {}],
    ['has a field of another type', { ...accountDeleted(), traceparent: 5 }, { traceparent: 5 }],
    ['is no object', 42, 42],
  ])('is a dead letter at once when it %s', async (_how, content, kept) => {
    const { events, handle } = eventRecorder()
    const { deliver, letters } = await openAuditApp(handle)
    expect(await deliver(content)).toBe('SUCCESS')
    expect(events).toEqual([])
    expect(letters[0]?.body.data).toMatchObject({ event: kept, attempts: 1 })
  })

  test('is a dead letter at once when trying again is in vain', async () => {
    const { deliver, letters } = await openAuditApp(() => Promise.reject(new PermanentError('no such series')))
    expect(await deliver(accountDeleted())).toBe('SUCCESS')
    expect(letters[0]?.body.data).toMatchObject({ error: 'no such series', attempts: 1 })
  })

  test('stays where it is when the dead letter cannot be kept', async () => {
    const { deliver, sidecar } = await openAuditApp(() => Promise.reject(new PermanentError('no such series')))
    sidecar.answer = { status: 500, body: 'no leader' }
    expect(await deliver(accountDeleted())).toBe('RETRY')
  })

  test('is cut off and tried again when its handler hangs', async () => {
    const { deliver, letters } = await openAuditApp(() => new Promise(() => {}), {
      budget: { attempts: 2, handlerMs: 20 },
    })
    expect(await deliver(accountDeleted())).toBe('RETRY')
    expect(await deliver(accountDeleted())).toBe('SUCCESS')
    expect(letters[0]?.body.data.error).toBe('the handler took longer than 20 ms')
  })

  test.each([
    ['the sidecar', new AppError('unavailable', 'The sidecar does not answer.')],
    ['the database', Object.assign(new Error('terminating connection'), { code: '57P01' })],
    ['one of several things', new AggregateError([new Error('x'), new AppError('unavailable', 'away')])],
  ])('does not use up its tries while %s is away', async (_what, away) => {
    let isAway = true
    const { deliver, letters } = await openAuditApp(() => Promise.reject(isAway ? away : new Error('no luck')))
    for (let delivery = 0; delivery < 10; delivery++) expect(await deliver(accountDeleted())).toBe('RETRY')
    isAway = false
    expect([await deliver(accountDeleted()), await deliver(accountDeleted())]).toEqual(['RETRY', 'RETRY'])
    expect(await deliver(accountDeleted())).toBe('SUCCESS')
    expect(letters).toHaveLength(1)
  })
})

describe('a process that ends while it handles an event', () => {
  const exists = (file: string) =>
    stat(file).then(
      () => true,
      () => false,
    )

  async function notesFile(): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'todo-cloud-notes-'))
    onTestFinished(() => rm(folder, { recursive: true, force: true }))
    return join(folder, 'notes')
  }

  test('knows at its next start how often it was tried, and gives it up in the end', async () => {
    const file = await notesFile()
    const poison = accountDeleted()
    const tried: number[] = []
    for (let start = 1; start <= 3; start++) {
      const { deliver } = await openAuditApp(
        (_event, { attempt }) => {
          tried.push(attempt)
          return new Promise(() => {})
        },
        { notes: new CrashNotes(file), budget: { attempts: 3, handlerMs: 60_000 } },
      )
      void deliver(poison)
      await pollUntil(() => tried.length === start)
    }
    const { deliver, letters } = await openAuditApp(() => Promise.reject(new Error('not handed out')), {
      notes: new CrashNotes(file),
    })
    expect(await deliver(poison)).toBe('SUCCESS')
    expect(tried).toEqual([1, 2, 3])
    expect(letters[0]?.body.data).toMatchObject({ error: 'the process ended each time it was handled', attempts: 4 })
  })

  test('leaves no notes behind when it ends in order', async () => {
    const file = await notesFile()
    const { bus, deliver } = await openAuditApp(() => Promise.resolve(), { notes: new CrashNotes(file) })
    await deliver(accountDeleted())
    expect(await exists(file)).toBe(true)
    await bus.stop()
    expect(await exists(file)).toBe(false)
  })

  test('tries what it had in hand one after the other, and everything else beside it', async () => {
    const file = await notesFile()
    const before = new CrashNotes(file)
    for (const offset of [0, 1]) before.write(`task-events/3/${offset}`, 1)
    const finish = Promise.withResolvers<void>()
    const started: TodoEvent[] = []
    const { deliver } = await openAuditApp(
      async (event) => {
        started.push(event)
        await finish.promise
      },
      { notes: new CrashNotes(file) },
    )
    const verdicts = [0, 1, 2].map((offset) => deliver(accountDeleted('key', offset), offset))
    await vi.waitFor(() => expect(started).toHaveLength(2))
    finish.resolve()
    expect(await Promise.all(verdicts)).toEqual(['SUCCESS', 'SUCCESS', 'SUCCESS'])
  })
})
