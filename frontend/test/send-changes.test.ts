import { setImmediate as nextTurn } from 'node:timers/promises'
import { QueryClient } from '@tanstack/react-query'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { PatchTask, Task } from '@todo/model/task'
import { queryKeys } from '../src/api/query-keys.ts'
import { sendComplete, sendPatch, sendPatches } from '../src/features/tasks/send-changes.ts'
import { TaskCache } from '../src/features/tasks/task-cache.ts'
import { isUndoOffered, rememberUndo } from '../src/features/undo/undo-stack.ts'
import { notify } from '../src/ui/notify.ts'
import { aTask } from './a-task.ts'

vi.mock('../src/ui/notify.ts', () => ({ notify: vi.fn<() => void>(), dismissNotice: vi.fn<() => void>() }))

interface Asked {
  way: string
  body: { action?: string; ids?: string[]; patches?: { id: string; patch: PatchTask }[] } & PatchTask
}

let cache: TaskCache
let made: Task[]
let asked: Asked[]
/** Why a request is refused; undefined: it is done. */
let refusalOf: (asked: Asked) => string | undefined
/** Before this, nothing is answered. */
let held: Promise<void>

beforeEach(() => {
  cache = new TaskCache(new QueryClient())
  asked = []
  refusalOf = () => undefined
  held = Promise.resolve()
  vi.mocked(notify).mockClear()
  vi.stubGlobal('window', {})
  vi.stubGlobal('fetch', async (path: string, { method, body }: { method: string; body: string }) => {
    const request = { way: `${method} ${path.replace('/api/v1/tasks/', '')}`, body: JSON.parse(body) as Asked['body'] }
    asked.push(request)
    await held
    const detail = refusalOf(request)
    if (detail !== undefined) return Response.json({ code: 'conflict', detail }, { status: 409 })
    return Response.json(answerOf(request))
  })
})
afterEach(() => vi.unstubAllGlobals())

function answerOf({ way, body }: Asked): unknown {
  if (way !== 'POST batch') return done(way.split(' ')[1]!, body)
  return { items: body.patches?.map(({ id, patch }) => done(id, patch)) ?? body.ids!.map((id) => done(id, {})) }
}

const done = (id: string, patch: PatchTask): Task => ({ ...shown(id), ...patch, version: 2 }) as Task
const shown = (id: string) => cache.client.getQueryData<Task>(queryKeys.task(id))!

function someTasks(count: number): Task[] {
  const tasks = Array.from({ length: count }, (_, n) => aTask({ id: `task-${n}`, title: `T${n}` }))
  for (const task of tasks) cache.client.setQueryData(queryKeys.task(task.id), task)
  made = tasks
  return tasks
}

const HIGH: PatchTask = { priority: 'high' }
const high = (tasks: readonly Task[]) => tasks.map((task) => ({ task, patch: HIGH }))
const prioritiesOf = (tasks: readonly Task[]) => tasks.map(({ id }) => shown(id).priority)
const settled = () => vi.waitFor(() => expect(made.filter(({ id }) => cache.pending.told(id))).toEqual([]))

test('of many tasks one is refused: the others are changed, and it is told which one was not', async () => {
  const tasks = someTasks(3)
  refusalOf = ({ way, body }) =>
    way === 'PATCH task-1' || body.patches?.some(({ id }) => id === 'task-1') ? 'It is in the bin.' : undefined
  const offer = rememberUndo('3 tasks changed', () => {})
  sendPatches(cache, high(tasks), offer)
  expect(prioritiesOf(tasks)).toEqual(['high', 'high', 'high'])
  await settled()
  expect(asked.map(({ way }) => way)).toEqual(['POST batch', 'PATCH task-0', 'PATCH task-1', 'PATCH task-2'])
  expect(prioritiesOf(tasks)).toEqual(['high', 'medium', 'high'])
  expect(vi.mocked(notify).mock.calls).toEqual([
    ['“T1” could not be changed', { description: 'It is in the bin.', tone: 'error' }],
  ])
  expect(isUndoOffered(offer)).toBe(true)
})

test('when all of them are refused, so is the offer to undo it', async () => {
  const tasks = someTasks(2)
  refusalOf = () => 'Not now.'
  const offer = rememberUndo('2 tasks changed', () => {})
  sendPatches(cache, high(tasks), offer)
  await settled()
  expect(prioritiesOf(tasks)).toEqual(['medium', 'medium'])
  await vi.waitFor(() => expect(isUndoOffered(offer)).toBe(false))
})

test('more tasks than a batch takes are several changes: a part that is refused takes nothing from the others', async () => {
  const tasks = someTasks(501)
  refusalOf = ({ way }) => (way === 'POST task-500/complete' ? 'This one not.' : undefined)
  const offer = rememberUndo('501 tasks done', () => {})
  sendComplete(cache, tasks, offer)
  await settled()
  expect(asked.map(({ way, body }) => [way, body.ids?.length])).toEqual([
    ['POST batch', 500],
    ['POST task-500/complete', undefined],
  ])
  expect(isUndoOffered(offer)).toBe(true)
})

test('a task that is in a batch is changed again only after it', async () => {
  const [first, second] = someTasks(2)
  const hold = Promise.withResolvers<void>()
  held = hold.promise
  sendPatches(cache, high([first!, second!]))
  sendPatch(cache, second!, { priority: 'low' })
  expect(shown('task-1').priority).toBe('low')
  // What does not wait is sent before this.
  await nextTurn()
  expect(asked.map(({ way }) => way)).toEqual(['POST batch'])
  hold.resolve()
  await settled()
  expect(asked.map(({ way }) => way)).toEqual(['POST batch', 'PATCH task-1'])
  expect(shown('task-1').priority).toBe('low')
})

test('what a change is taken back to is what the server had, and not what it refused meanwhile', async () => {
  const tasks = someTasks(2)
  refusalOf = ({ body }) =>
    body.patches?.[0]?.patch.priority === 'high' || body.priority === 'high' ? 'No.' : undefined
  sendPatches(cache, high(tasks))
  const before = sendPatches(
    cache,
    tasks.map((task) => ({ task: shown(task.id), patch: { priority: 'low' } })),
  )
  await settled()
  expect(prioritiesOf(tasks)).toEqual(['low', 'low'])
  expect([...before.values()].map(({ priority }) => priority)).toEqual(['medium', 'medium'])
})
