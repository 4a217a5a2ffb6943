import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import { LRUCache } from 'lru-cache'
import type { Tables } from '../tables.ts'
import { uuidArray } from '../uuid-array.ts'
import type { PageOf } from './cursor.ts'
import { TASK_COLUMNS, toTask } from './task-row.ts'
import type { TaskRow } from './task-row.ts'

/** A state of a task: a trigger gives it another number with every write, whoever makes it. */
export interface TaskState {
  id: string
  change_no: number
}

/** Finds which tasks make a page, and their states, in one statement or in several. */
export type FindPage = (db: Kysely<Tables>) => Promise<PageOf<TaskState>>

interface KnownTask {
  changeNo: number
  /** As the API writes it. */
  json: string
}

/** In characters, each a byte or two, with what it takes to keep a task at hand: some 25,000 as people write them. */
const MOST_KEPT = 32 * 1024 * 1024
const UPKEEP = 400

/**
 * Pages of tasks as text. A page asks the database which tasks it has and in which state; the tasks themselves are
 * read, and written as JSON, only where that state is not known from before. So what is remembered is never older than
 * what the database says, in however many processes it is changed.
 */
export class KnownTasks {
  readonly #db: Kysely<Tables>
  readonly #known: LRUCache<string, KnownTask>

  constructor(db: Kysely<Tables>, mostKept = MOST_KEPT) {
    this.#db = db
    this.#known = new LRUCache({ maxSize: mostKept, sizeCalculation: ({ json }) => json.length + UPKEEP })
  }

  /** The JSON of a `TaskPage`: each task in the state in which it was found. */
  async page(find: FindPage): Promise<string> {
    const json = await this.#read(this.#db, find)
    if (json !== null) return json
    // Somebody changed one of them between the two statements: within a snapshot nobody does.
    const snapshot = this.#db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only')
    const settled = await snapshot.execute((tx) => this.#read(tx, find))
    if (settled === null) throw new Error('a task was changed without another change_no, or within a snapshot')
    return settled
  }

  /** Null when a task is no longer as the page has it. */
  async #read(db: Kysely<Tables>, find: FindPage): Promise<string | null> {
    const { items, nextCursor } = await find(db)
    // Looked at once: until the others are read, somebody may learn of a newer state, or these may have had to go.
    const known = items.map((state) => this.#known.get(state.id))
    const unknown = items.filter((state, index) => !isOf(state, known[index])).map(({ id }) => id)
    const read = unknown.length > 0 ? await this.#learn(db, unknown) : null
    const tasks: string[] = []
    for (const [index, state] of items.entries()) {
      const task = read?.get(state.id) ?? known[index]
      if (!isOf(state, task)) return null
      tasks.push(task.json)
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
