import type { ImportReport } from '@todo/model/api'
import type { Task } from '@todo/model/task'
import { AppError } from '@todo/platform/errors'
import { settled } from '../access.ts'
import type { Access } from '../access.ts'
import type { Ctx } from '../context.ts'
import { addSubtask } from '../subtasks/use-cases.ts'
import { completeTask, createTask } from '../tasks/use-cases.ts'
import { differences } from './differences.ts'
import type { ImportedTask } from './parse-calendar.ts'
import { knownSubtasks, knownTasks, lockImports, rememberSubtasks } from './repo.ts'
import type { KnownSubtask } from './repo.ts'

interface Target {
  access: Access
  listId: string
}

interface Importing extends Target {
  ctx: Ctx
  tasks: Map<string, Task>
  subtasks: Map<string, KnownSubtask>
  report: ImportReport
}

/** Makes those that are not there yet, with a line for every one and each of its subtasks. */
export async function importTasks(ctx: Ctx, target: Target, imported: ImportedTask[]): Promise<ImportReport> {
  const { access } = target
  ctx.sendAlong(() => lockImports(ctx.tx, access.userId))
  const ids = imported.flatMap(({ importId, nested }) => [importId, ...nested.map((child) => child.importId)])
  const [tasks, subtasks] = await Promise.all([knownTasks(ctx.tx, access, ids), knownSubtasks(ctx.tx, ids)])
  const importing = { ...target, access: settled(access), ctx, tasks, subtasks, report: emptyReport() }
  for (const one of imported) await importTask(importing, one)
  return importing.report
}

export function emptyReport(): ImportReport {
  return { created: [], unchanged: [], notKept: [] }
}

async function importTask(importing: Importing, imported: ImportedTask): Promise<void> {
  const { importId, nested } = imported
  const task = importing.tasks.get(importId)
  const subtask = importing.subtasks.get(importId)
  if (task) tellTask(importing, task, imported)
  else if (subtask) {
    tellSubtask(importing, subtask, imported)
    notKept(importing, imported, 'it is there already as a subtask, and stays one')
  } else await makeTask(importing, imported)
  for (const child of nested) {
    const own = importing.tasks.get(child.importId)
    const known = importing.subtasks.get(child.importId)
    if (own) {
      tellTask(importing, own, child)
      notKept(importing, child, 'it is there already as a task of its own, and stays one')
    } else if (known) tellSubtask(importing, known, child)
    else if (task) await makeSubtask(importing, task.id, child)
    // What it belongs to cannot have subtasks.
    else if (subtask) await makeTask(importing, child)
  }
}

function isKnown({ tasks, subtasks }: Importing, { importId }: ImportedTask): boolean {
  return tasks.has(importId) || subtasks.has(importId)
}

/** With those of its subtasks that are not anywhere yet. */
async function makeTask(importing: Importing, imported: ImportedTask): Promise<void> {
  const { ctx, access, listId, tasks } = importing
  const { importId, completedAt, nested } = imported
  const fresh = nested.filter((child) => !isKnown(importing, child))
  const freshIds = new Set(fresh.map((child) => child.importId))
  const subtasks = imported.task.subtasks.filter(({ id }) => id !== undefined && freshIds.has(id))
  const refusal = await refusalOf(async () => {
    const made = await createTask(ctx, { access, input: { ...imported.task, subtasks, listId } })
    // Somebody sent the same over the API just now.
    if (!made.created) tasks.set(importId, made.task)
    else if (completedAt) {
      const then = { ...ctx, now: () => new Date(completedAt) }
      await completeTask(then, { access, taskId: importId })
    }
  })
  if (refusal !== null) {
    notKept(importing, imported, refusal)
    for (const child of fresh) notKept(importing, child, `what it belongs to could not be made: ${refusal}`)
    return
  }
  const known = tasks.get(importId)
  if (known) tellTask(importing, known, imported)
  for (const one of known ? fresh : [imported, ...fresh]) created(importing, one, importId)
  if (fresh.length > 0) ctx.sendAlong(() => rememberSubtasks(ctx.tx, importId, [...freshIds]))
}

async function makeSubtask(importing: Importing, taskId: string, child: ImportedTask): Promise<void> {
  const { ctx, access } = importing
  const { importId, task, completedAt } = child
  const input = { id: importId, title: task.title, completedAt }
  const refusal = await refusalOf(() => addSubtask(ctx, { access, taskId, input }))
  if (refusal !== null) return notKept(importing, child, refusal)
  ctx.sendAlong(() => rememberSubtasks(ctx.tx, taskId, [importId]))
  created(importing, child, taskId)
}

/** Why the rules of tasks refuse it, which is before anything was written; null when they do not. */
async function refusalOf(work: () => Promise<unknown>): Promise<string | null> {
  try {
    await work()
    return null
  } catch (error) {
    if (error instanceof AppError && error.status < 500) return error.message
    throw error
  }
}

function created({ report }: Importing, { importId, task, line }: ImportedTask, taskId: string): void {
  report.created.push({ taskId, subtaskId: importId === taskId ? null : importId, title: task.title, line })
}

/** As it is now, and what the file says otherwise: an import changes nothing that is there. */
function tellTask(importing: Importing, known: Task, imported: ImportedTask): void {
  const { access, report } = importing
  const isVisible = access.lists.has(known.listId)
  const title = isVisible ? known.title : imported.task.title
  report.unchanged.push({ taskId: known.id, subtaskId: null, title, line: imported.line })
  if (known.deletedAt || !isVisible) return notKept(importing, imported, 'it is in the bin, and stays there')
  const others = differences(known, imported, access.timeZone)
  if (others.length > 0) notKept(importing, imported, thereAlready(others.join(', ')))
}

function tellSubtask(importing: Importing, known: KnownSubtask, imported: ImportedTask): void {
  const { access, report } = importing
  if (known.title === null) {
    return notKept(importing, imported, 'it was made by an earlier import and deleted since: it does not come back')
  }
  const title = access.lists.has(known.listId) ? known.title : imported.task.title
  report.unchanged.push({ taskId: known.taskId, subtaskId: known.id, title, line: imported.line })
  if (title !== imported.task.title) notKept(importing, imported, thereAlready('another title'))
}

function thereAlready(others: string): string {
  return `it is there already and was not changed: in the file it has ${others}`
}

function notKept({ report }: Importing, imported: ImportedTask, reason: string): void {
  report.notKept.push(lineOf(imported, reason))
}

/** Of a report: what was not kept, and why. */
export function lineOf({ line, task }: ImportedTask, reason: string): ImportReport['notKept'][number] {
  return { line, content: task.title, reason }
}
