import { sql } from 'kysely'
import type { ImportReport } from '@todo/model/api'
import { inParts } from '@todo/model/in-parts'
import { AppError } from '@todo/platform/errors'
import type { Log } from '@todo/platform/log'
import { isUnavailable } from '@todo/platform/unavailable'
import { holds, writableList } from '../access.ts'
import type { WithAccess } from '../access.ts'
import type { Origin, UnitOfWork, Work } from '../context.ts'
import { once } from '../http/idempotency.ts'
import type { RequestKey } from '../http/idempotency.ts'
import { emptyReport, importTasks, lineOf } from './import-tasks.ts'
import type { ImportedTask } from './parse-calendar.ts'
import { parseInWorker } from './parse-in-worker.ts'

interface ImportCalendar {
  /** Where the tasks go; the Inbox when left out. */
  listId: string | undefined
  text: string
}

interface Importer {
  unitOfWork: UnitOfWork
  withAccess: WithAccess
  origin: Origin
  key: RequestKey | null
  log: Pick<Log, 'error'>
}

/** So many tasks per transaction: a long import must not hold up everything else. */
const CHUNK = 100

/**
 * Makes tasks of a calendar. Those that an earlier import made are left as they are now. Under an Idempotency-Key each
 * part is answered once, so that the same request again goes on where it ended and gets the whole report.
 * @throws AppError `unavailable` when the database goes away: what was made stays, and importing again goes on;
 * `not-signed-in` when the account does
 */
export async function importCalendar(importer: Importer, { listId, text }: ImportCalendar): Promise<ImportReport> {
  const { userId, timeZone, into } = await importer.withAccess(async (access) => {
    const list = writableList(access, listId ?? access.inboxId)
    // The file is read by it, which takes longer than any statement.
    await sql`select ${holds(access)}`.execute(importer.unitOfWork.db)
    return { ...access, into: list.id }
  })
  const { tasks, notKept } = await parseInWorker(text, { userId, timeZone, now: importer.unitOfWork.now() })
  const parts = [await keptPart(importer, '', async () => ({ ...emptyReport(), notKept }))]
  for (const [index, chunk] of inParts(tasks, CHUNK).entries()) {
    const start = index * CHUNK
    const importPart = (part: ImportedTask[], name: string): Promise<ImportReport> =>
      importer.withAccess((access) =>
        keptPart(importer, name, (ctx) => importTasks(ctx, { access, listId: into }, part)),
      )
    parts.push(...(await withoutTheBroken(importer, importPart, chunk, start).catch(endedAt(start, tasks.length))))
  }
  return {
    created: parts.flatMap((part) => part.created),
    unchanged: parts.flatMap((part) => part.unchanged),
    notKept: parts.flatMap((part) => part.notKept).toSorted((a, b) => a.line - b.line),
  }
}

/** One transaction. No header has a line break, so that a part is no other request's key. */
async function keptPart(
  { unitOfWork, origin, key }: Importer,
  name: string,
  work: Work<ImportReport>,
): Promise<ImportReport> {
  return unitOfWork.change(origin, async (ctx) => {
    if (!key) return work(ctx)
    const partKey = name === '' ? key : { ...key, key: `${key.key}\n${name}` }
    const { body } = await once(ctx, partKey, async () => ({ status: 200, body: await work(ctx) }))
    return body
  })
}

type ImportPart = (part: ImportedTask[], name: string) => Promise<ImportReport>

/** A task that breaks its transaction must not take the others with it: then each is made in one of its own. */
async function withoutTheBroken(
  { log }: Importer,
  importPart: ImportPart,
  chunk: ImportedTask[],
  start: number,
): Promise<ImportReport[]> {
  try {
    return [await importPart(chunk, String(start))]
  } catch (error) {
    if (isEndOfAll(error)) throw error
  }
  const reports: ImportReport[] = []
  for (const [index, task] of chunk.entries()) {
    const report = importPart([task], `${start}.${index}`).catch((error: unknown) => {
      if (isEndOfAll(error)) throw error
      log.error({ err: error }, 'a task of a calendar could not be made')
      return brokenReport(task)
    })
    reports.push(await report)
  }
  return reports
}

/** Whether the other tasks would fare no better. */
function isEndOfAll(error: unknown): boolean {
  return isUnavailable(error) || (error instanceof AppError && error.code === 'not-signed-in')
}

function brokenReport(broken: ImportedTask): ImportReport {
  const reason = 'it could not be made; the mistake is ours and has been logged'
  return { ...emptyReport(), notKept: [broken, ...broken.nested].map((one) => lineOf(one, reason)) }
}

function endedAt(done: number, total: number) {
  return (error: unknown): never => {
    if (!isUnavailable(error)) throw error
    const detail = `The database went away with ${done} of ${total} tasks of the file done. Import it again: that goes on from there, and makes nothing twice.`
    throw new AppError('unavailable', detail, { cause: error })
  }
}
