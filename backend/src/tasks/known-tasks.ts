import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import { LRUCache } from 'lru-cache'
import type { Tables } from '../tables.ts'
import { uuidArray } from '../uuid-array.ts'
import { TASK_COLUMNS, toTask } from './task-row.ts'
import type { TaskRow } from './task-row.ts'

/** A state of a task: a trigger gives it another number with every write, whoever makes it. */
export interface TaskState {
  id: string
  change_no: number
}

export interface PageOf<T> {
  items: T[]
  nextCursor: string | null
}

/** Finds which tasks make a page, and their states, in one statement or in several. */
export type FindPage = (db: Kysely<Tables>) => Promise<PageOf<TaskState>>

interface KnownTask {
  changeNo: number
  /** As the API writes it. */
  json: string
}

/** In characters, each a byte or two: some 30,000 tasks as people write them. */
const MOST_KEPT = 32 * 1024 * 1024
/** What it takes to keep one at hand, beside its own characters. */
const UPKEEP = 200

/**
 * Pages of tasks as text. A page asks the database which tasks it has and in which state; the tasks themselves are
 * read, and written as JSON, only where that state is not known from before. So what is remembered is never older than
 * what the database says, in however many processes it is changed.
 */
export class KnownTasks {
  readonly #db: Kysely<Tables>
  readonly #known = new LRUCache<string, KnownTask>({
    maxSize: MOST_KEPT,
    sizeCalculation: ({ json }) => json.length + UPKEEP,
  })

  constructor(db: Kysely<Tables>) {
    this.#db = db
  }

  /** The JSON of a `TaskPage`, all of one moment. */
  async page(find: FindPage): Promise<string> {
    const json = await this.#read(this.#db, find)
    if (json !== null) return json
    // Somebody changed one of them between the two statements: within a snapshot nobody does.
    const snapshot = this.#db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only')
    return snapshot.execute(async (tx) => (await this.#read(tx, find))!)
  }

  /** Null when a task is no longer as the page has it. */
  async #read(db: Kysely<Tables>, find: FindPage): Promise<string | null> {
    const { items, nextCursor } = await find(db)
    const unknown = items.filter((state) => !isOf(state, this.#known.get(state.id))).map(({ id }) => id)
    const read = unknown.length > 0 ? await this.#learn(db, unknown) : null
    const tasks: string[] = []
    for (const state of items) {
      const known = read?.get(state.id) ?? this.#known.get(state.id)
      if (!isOf(state, known)) return null
      tasks.push(known.json)
    }
    return `{"items":[${tasks.join(',')}],"nextCursor":${JSON.stringify(nextCursor)}}`
  }

  async #learn(db: Kysely<Tables>, ids: string[]): Promise<Map<string, KnownTask>> {
    const { rows } = await sql<TaskRow & TaskState>`
      select ${sql.raw(TASK_COLUMNS)}, t.change_no from task t where t.id = any(${uuidArray(ids)})`.execute(db)
    const tasks = new Map(
      rows.map((row) => [row.id, { changeNo: row.change_no, json: JSON.stringify(toTask(row)) }] as const),
    )
    for (const [id, task] of tasks) this.#known.set(id, task)
    return tasks
  }
}

function isOf(state: TaskState, known: KnownTask | undefined): known is KnownTask {
  return known?.changeNo === state.change_no
}
