import type { FastifyInstance } from 'fastify'
import type { z } from 'zod'
import { MoveTask, ReorderTask, SeriesStory, SnoozeTask, TaskPage } from '@todo/model/api'
import { TaskQuery } from '@todo/model/query'
import { QuickAddRequest, QuickAddResult } from '@todo/model/quick-add/quick-add'
import { CreateTask, PatchTask, Task } from '@todo/model/task'
import { TaskBatch, TaskBatchResult } from '@todo/model/task-batch'
import type { Access } from '../access.ts'
import type { Ctx } from '../context.ts'
import { IdParams, NoBody, answers, ifMatch, sendJson, sendVersioned, typed } from '../http/api.ts'
import type { RouteDeps } from '../http/api.ts'
import { answerOnce } from '../http/idempotency.ts'
import { originOf } from '../http/request-context.ts'
import { snoozeTask } from '../reminders/snooze.ts'
import { changeTasks, reorderTask } from './batch.ts'
import { findTasks } from './find-tasks.ts'
import { KnownTasks } from './known-tasks.ts'
import { quickAdd } from './quick-add.ts'
import { findTask } from './repo.ts'
import { seriesStory } from './series-story.ts'
import * as useCases from './use-cases.ts'

const tags = ['Tasks']

export async function taskRoutes(app: FastifyInstance, deps: RouteDeps): Promise<void> {
  readingRoutes(app, deps)
  creatingRoute(app, deps)
  quickAddRoute(app, deps)
  changingRoutes(app, deps)
  batchRoute(app, deps)
  actionRoutes(app, deps)
}

function readingRoutes(instance: FastifyInstance, { unitOfWork, accesses }: RouteDeps): void {
  const app = typed(instance)
  const known = new KnownTasks(unitOfWork.db)

  app.get('/tasks', {
    schema: { tags, summary: 'A page of tasks', querystring: TaskQuery, response: answers({ 200: TaskPage }) },
    handler: async (request, reply) => {
      const page = await accesses.with(request, (access) => known.page((db) => findTasks(db, access, request.query)))
      return sendJson(reply, page)
    },
  })

  app.get('/tasks/:id', {
    schema: { tags, summary: 'One task', params: IdParams, response: answers({ 200: Task }) },
    handler: async (request, reply) => {
      const task = await accesses.with(request, (access) => findTask(unitOfWork.db, access, request.params.id))
      return sendVersioned(reply, task)
    },
  })

  app.get('/tasks/:id/series', {
    schema: {
      tags,
      summary: 'How a recurring task has gone so far',
      params: IdParams,
      response: answers({ 200: SeriesStory }),
    },
    handler: (request) => accesses.with(request, (access) => seriesStory(unitOfWork.db, access, request.params.id)),
  })
}

function creatingRoute(app: FastifyInstance, { unitOfWork, accesses }: RouteDeps): void {
  typed(app).post('/tasks', {
    schema: {
      tags,
      summary: 'Create a task',
      takes: ['Idempotency-Key'],
      body: CreateTask,
      response: answers({ 200: Task, 201: Task }),
    },
    handler: async (request, reply) => {
      const { status, body } = await accesses.with(request, (access) =>
        answerOnce(request, unitOfWork, async (ctx) => {
          const { task, created } = await useCases.createTask(ctx, { access, input: request.body })
          return { status: created ? 201 : 200, body: task }
        }),
      )
      return sendVersioned(reply, body, status)
    },
  })
}

function quickAddRoute(app: FastifyInstance, { unitOfWork, accesses }: RouteDeps): void {
  typed(app).post('/tasks/quick', {
    schema: {
      tags,
      summary: 'Create a task from one line of text',
      takes: ['Idempotency-Key'],
      body: QuickAddRequest,
      response: answers({ 201: QuickAddResult }),
    },
    handler: async (request, reply) => {
      const { status, body } = await accesses.with(request, (access) =>
        answerOnce(request, unitOfWork, async (ctx) => ({
          status: 201,
          body: await quickAdd(ctx, { access, request: request.body }),
        })),
      )
      reply.code(status).header('etag', `"${body.task.version}"`)
      return body
    },
  })
}

function changingRoutes(instance: FastifyInstance, { unitOfWork, accesses }: RouteDeps): void {
  const app = typed(instance)

  app.patch('/tasks/:id', {
    schema: {
      tags,
      summary: 'Change fields of a task',
      takes: ['If-Match'],
      params: IdParams,
      body: PatchTask,
      response: answers({ 200: Task }),
    },
    handler: async (request, reply) => {
      const input = { taskId: request.params.id, patch: request.body, ifVersion: ifMatch(request.headers['if-match']) }
      const task = await accesses.with(request, (access) =>
        unitOfWork.change(originOf(request), (ctx) => useCases.updateTask(ctx, { access, ...input })),
      )
      return sendVersioned(reply, task)
    },
  })

  app.delete('/tasks/:id', {
    schema: {
      tags,
      summary: 'Put a task in the bin',
      takes: ['If-Match'],
      params: IdParams,
      response: answers({ 200: Task }),
    },
    handler: async (request, reply) => {
      const input = { taskId: request.params.id, ifVersion: ifMatch(request.headers['if-match']) }
      const task = await accesses.with(request, (access) =>
        unitOfWork.change(originOf(request), (ctx) => useCases.deleteTask(ctx, { access, ...input })),
      )
      return sendVersioned(reply, task)
    },
  })
}

function batchRoute(instance: FastifyInstance, { unitOfWork, accesses }: RouteDeps): void {
  typed(instance).post('/tasks/batch', {
    schema: {
      tags,
      summary: 'Change many tasks at once',
      takes: ['Idempotency-Key'],
      body: TaskBatch,
      response: answers({ 200: TaskBatchResult }),
    },
    handler: async (request) => {
      const { body } = await accesses.with(request, (access) =>
        answerOnce(request, unitOfWork, async (ctx) => ({
          status: 200,
          body: await changeTasks(ctx, { access, batch: request.body }),
        })),
      )
      return body
    },
  })
}

interface Action<B extends z.ZodType> {
  name: string
  summary: string
  body: B
  run: (
    ctx: Ctx,
    target: { access: Access; taskId: string; ifVersion: number | undefined },
    body: z.output<B>,
  ) => Promise<Task>
}

/** `POST /tasks/:id/<action>`: all alike but for what they do. */
function actionRoutes(app: FastifyInstance, { unitOfWork, accesses }: RouteDeps): void {
  const action = <B extends z.ZodType>({ name, summary, body, run }: Action<B>) =>
    typed(app).post(`/tasks/:id/${name}`, {
      schema: {
        tags,
        summary,
        takes: ['If-Match', 'Idempotency-Key'],
        params: IdParams,
        body: body as z.ZodType<z.output<B>>,
        response: answers({ 200: Task }),
      },
      handler: async (request, reply) => {
        const target = { taskId: request.params.id, ifVersion: ifMatch(request.headers['if-match']) }
        const { body: task } = await accesses.with(request, (access) =>
          answerOnce(request, unitOfWork, async (ctx) => ({
            status: 200,
            body: await run(ctx, { access, ...target }, request.body as z.output<B>),
          })),
        )
        return sendVersioned(reply, task)
      },
    })

  for (const plain of PLAIN_ACTIONS) action(plain)
  action(MOVE)
  action(REORDER)
  action(SNOOZE)
}

const PLAIN_ACTIONS: readonly Action<typeof NoBody>[] = [
  { name: 'complete', summary: 'Complete a task', body: NoBody, run: useCases.completeTask },
  { name: 'skip', summary: 'Pass over one occurrence of a recurring task', body: NoBody, run: useCases.skipTask },
  { name: 'end-series', summary: 'Let a series end with this occurrence', body: NoBody, run: useCases.endSeries },
  { name: 'reopen', summary: 'Open a completed task again', body: NoBody, run: useCases.reopenTask },
  { name: 'restore', summary: 'Take a task out of the bin', body: NoBody, run: useCases.restoreTask },
]

const MOVE: Action<typeof MoveTask> = {
  name: 'move',
  summary: 'Move a task to the end of another list',
  body: MoveTask,
  run: (ctx, target, { listId }) => useCases.moveTask(ctx, { ...target, listId }),
}

const REORDER: Action<typeof ReorderTask> = {
  name: 'reorder',
  summary: 'Put a task after another of its list',
  body: ReorderTask,
  run: (ctx, target, { after }) => reorderTask(ctx, { ...target, after }),
}

const SNOOZE: Action<typeof SnoozeTask> = {
  name: 'snooze',
  summary: 'Remind of a task once more, later',
  body: SnoozeTask,
  run: (ctx, target, { until }) => snoozeTask(ctx, { ...target, until }),
}
