import { sql } from 'kysely'
import type { ImportReport } from '@todo/model/api'
import { AppError } from '@todo/platform/errors'
import { writableList } from '../access.ts'
import type { Access } from '../access.ts'
import type { Ctx, Origin, Tx, UnitOfWork } from '../context.ts'
import { completeTask, createTask } from '../tasks/use-cases.ts'
import type { ImportedTask } from './parse-calendar.ts'
import { parseInWorker } from './parse-in-worker.ts'

interface ImportCalendar {
  access: Access
  /** Where the tasks go; the Inbox when left out. */
  listId: string | undefined
  text: string
}

/** So many tasks per transaction: a long import must not hold up everything else. What is cut short goes on the next time. */
const CHUNK = 100

/** Makes tasks of a calendar. Those that an earlier import made are left as they are now. */
export async function importCalendar(
  unitOfWork: UnitOfWork,
  origin: Origin,
  { access, listId, text }: ImportCalendar,
): Promise<ImportReport> {
  const list = writableList(access, listId ?? access.inboxId)
  const { userId, timeZone } = access
  const { tasks, notKept } = await parseInWorker(text, { userId, timeZone, now: unitOfWork.now() })
  const report: ImportReport = { created: [], unchanged: [], notKept: [...notKept] }
  for (let start = 0; start < tasks.length; start += CHUNK) {
    const chunk = tasks.slice(start, start + CHUNK)
    const part = await unitOfWork.change(origin, (ctx) => importTasks(ctx, access, list.id, chunk))
    report.created.push(...part.created)
    report.unchanged.push(...part.unchanged)
    report.notKept.push(...part.notKept)
  }
  return { ...report, notKept: report.notKept.toSorted((a, b) => a.line - b.line) }
}

async function importTasks(ctx: Ctx, access: Access, listId: string, tasks: ImportedTask[]): Promise<ImportReport> {
  const report: ImportReport = { created: [], unchanged: [], notKept: [] }
  const known = await knownTasks(ctx.tx, tasks)
  for (const imported of tasks) {
    const line = { taskId: imported.importId, title: imported.task.title, line: imported.line }
    if (known.has(imported.importId)) report.unchanged.push(line)
    else {
      const refusal = await importTask(ctx, access, listId, imported)
      if (refusal === null) report.created.push(line)
      else report.notKept.push({ line: imported.line, content: imported.task.title, reason: refusal })
    }
  }
  return report
}

/** Null when it was made; otherwise why the rules of tasks refuse it, before anything was written. */
async function importTask(
  ctx: Ctx,
  access: Access,
  listId: string,
  { task, completedAt }: ImportedTask,
): Promise<string | null> {
  try {
    const { task: created } = await createTask(ctx, { access, input: { ...task, listId } })
    if (completedAt) {
      const then = { ...ctx, now: () => new Date(completedAt) }
      await completeTask(then, { access, taskId: created.id })
    }
    return null
  } catch (error) {
    if (error instanceof AppError && error.code === 'invalid-request') return error.message
    throw error
  }
}

/** Wherever they are now, the bin included: what a person has put away does not come back. */
async function knownTasks(tx: Tx, tasks: ImportedTask[]): Promise<Set<string>> {
  const ids = tasks.map((task) => task.importId)
  const { rows } = await sql<{ id: string }>`select id from task where id = any(${ids}::uuid[])`.execute(tx)
  return new Set(rows.map((row) => row.id))
}
