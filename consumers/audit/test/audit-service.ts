import { v7 } from 'uuid'
import type { z } from 'zod'
import type { FastifyInstance } from 'fastify'
import type { EventData, EventName, TodoEvent } from '@todo/model/events'
import { eventName } from '@todo/model/events'
import type { History } from '@todo/model/api'
import { createEvent } from '@todo/platform/create-event'
import type { Database } from '@todo/platform/db'
import { createHttpApp } from '@todo/platform/http/app'
import { createLog } from '@todo/platform/log'
import { migrate } from '@todo/platform/migrate'
import type { Deps } from '@todo/platform/service'
import { createTestDatabase } from '@todo/platform/testing/test-database'
import { auditService } from '../src/service.ts'

export interface AuditUnderTest {
  database: Database
  app: FastifyInstance
  handle: (event: TodoEvent) => Promise<void>
  history: (taskId: string, query?: string) => Promise<z.infer<typeof History>>
  close: () => Promise<void>
}

/** The service on a database of its own, driven by its handlers and its routes. */
export async function startAudit(): Promise<AuditUnderTest> {
  const { database, close } = await createTestDatabase()
  const log = createLog('audit', 'silent')
  await migrate({ pool: database.pool, log }, { owner: 'audit', folder: auditService.migrations! })
  const runtime = await auditService.prepare({ config: {}, log, database } as unknown as Deps<object>)
  const app = createHttpApp({ log })
  await runtime.routes!(app)
  return {
    database,
    app,
    handle: async (event) => {
      const name = eventName(event.type)!
      const handler = runtime.events!.find(({ names }) => names.includes(name))
      await handler!.handle(event, { attempt: 1 })
    },
    history: async (taskId, query = '') => {
      const answer = await app.inject(`/internal/tasks/${taskId}/history${query}`)
      if (answer.statusCode !== 200) throw new Error(answer.body)
      return answer.json()
    },
    close: async () => {
      await app.close()
      await close()
    },
  }
}

const START = Date.parse('2026-12-01T08:00:00Z')

/** A moment of the test's day. */
export function second(n: number): Date {
  return new Date(START + n * 1_000)
}

export function anEvent<N extends EventName>(name: N, subject: string, data: EventData<N>, now = second(0)) {
  return createEvent(name, subject, data, { now, source: 'backend' }) as unknown as TodoEvent
}

type TaskUpdated = EventData<'task.updated'>

/** A change of a task; version and time count up together unless told otherwise. */
export function taskUpdated(taskId: string, version: number, data: Partial<TaskUpdated> = {}, now = second(version)) {
  const userId = data.userId ?? v7()
  const changes = { title: [`title ${version - 1}`, `title ${version}`] } as TaskUpdated['changes']
  const origin = { actor: { kind: 'user' as const, id: userId }, clientId: null, mutationId: null, batchId: null }
  return anEvent(
    'task.updated',
    taskId,
    { taskId, listId: v7(), userId, title: `title ${version}`, version, changes, ...origin, ...data },
    now,
  )
}
