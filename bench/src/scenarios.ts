import { v7 as uuidv7 } from 'uuid'
import { TaskQuery } from '@todo/model/query'
import { CreateTask } from '@todo/model/task'
import type { Access } from '@todo/backend/internals/access'
import type { UnitOfWork } from '@todo/backend/internals/context'
import { listTasks } from '@todo/backend/internals/tasks/list-tasks'
import { findTask } from '@todo/backend/internals/tasks/repo'
import { completeTask, createTask } from '@todo/backend/internals/tasks/use-cases'
import type { Request } from './load.ts'
import type { Recorder } from './statements.ts'

export interface Fixture {
  access: Access
  taskIds: readonly string[]
  /** Tasks that can still be completed. */
  openTaskIds: () => Promise<string[]>
  titles: string[]
}

export interface Scenario {
  name: string
  /** What p99 at 16 connections should stay under, in milliseconds. */
  aimMs: number
  /** What people should get at least, a second. */
  aimPerSecond: number
  next: () => Request
  /** Before each run: what the run will use up. Answers how often it can be done then. */
  prepare?: () => Promise<number>
  /** Runs the same thing once, without HTTP, so that its statements can be written down. */
  once: (db: Recorder, unitOfWork: UnitOfWork) => Promise<unknown>
  /** For statements that change something: the id that has to be another one each time, and such ids. */
  vary?: { id: () => string; next: () => string }
}

const ORIGIN = { actor: { kind: 'user', id: uuidv7() }, clientId: null, mutationId: null, batchId: null } as const

export function scenariosOf({ access, taskIds, titles, openTaskIds }: Fixture): Scenario[] {
  let turn = 0
  const pick = <T>(items: readonly T[]): T => items[(turn = (turn + 1) % 1_000_003) % items.length]!
  const get = () => pick(taskIds)
  const query = () => ({ priority: 'high', dueFrom: dayOf((turn = turn + 1) % 300), sort: 'due', limit: '50' })
  const search = () => ({ q: searchOf(pick(titles), turn), limit: '20' })
  const input = () => ({
    // Of the words of the others: searches at the next size find no word that this run alone has made common.
    title: pick(titles),
    priority: 'high',
    tags: ['home', 'urgent'],
    due: { date: '2027-03-01', time: '10:00' },
  })
  let newId = ''
  let openId = ''
  let open: string[] = []
  const nextOpen = () => {
    const id = open.pop()
    if (!id) throw new Error('No open task is left to complete: make the run shorter, or the list longer.')
    return id
  }
  return [
    {
      name: 'get',
      aimMs: 20,
      aimPerSecond: 3_500,
      next: () => ({ method: 'GET', path: `/api/v1/tasks/${get()}` }),
      once: (db) => findTask(db, access, get()),
    },
    {
      name: 'filtered list (50)',
      aimMs: 20,
      aimPerSecond: 2_100,
      next: () => ({ method: 'GET', path: `/api/v1/tasks?${new URLSearchParams(query()).toString()}` }),
      once: (db) => listTasks(db, access, TaskQuery.parse(query())),
    },
    {
      name: 'search (20)',
      aimMs: 50,
      aimPerSecond: 1_000,
      next: () => ({ method: 'GET', path: `/api/v1/tasks?${new URLSearchParams(search()).toString()}` }),
      once: (db) => listTasks(db, access, TaskQuery.parse(search())),
    },
    {
      name: 'create',
      aimMs: 20,
      aimPerSecond: 1_700,
      next: () => ({ method: 'POST', path: '/api/v1/tasks', body: input() }),
      once: async (_db, unitOfWork) => {
        const { task } = await unitOfWork.change(ORIGIN, (ctx) =>
          createTask(ctx, { access, input: CreateTask.parse(input()) }),
        )
        newId = task.id
      },
      vary: { id: () => newId, next: () => uuidv7() },
    },
    {
      name: 'complete',
      aimMs: 20,
      aimPerSecond: 1_000,
      next: () => ({ method: 'POST', path: `/api/v1/tasks/${nextOpen()}/complete` }),
      prepare: async () => {
        open = await openTaskIds()
        return open.length
      },
      once: async (_db, unitOfWork) => {
        openId = nextOpen()
        await unitOfWork.change(ORIGIN, (ctx) => completeTask(ctx, { access, taskId: openId }))
      },
      vary: { id: () => openId, next: nextOpen },
    },
  ]
}

function dayOf(n: number): string {
  return new Date(Date.UTC(2027, 0, 1 + n)).toISOString().slice(0, 10)
}

/** As people search: one word, the beginning of one, two words of a title, or a phrase. */
function searchOf(title: string, turn: number): string {
  const [first = '', second = ''] = title.split(' ')
  return [first, first.slice(0, 5), `${second} ${first.slice(0, 4)}`, `"${first} ${second}"`][turn % 4]!
}
