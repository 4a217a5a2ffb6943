import { dayIn } from '@todo/model/wall-clock'
import type { Overview, Profile } from '@todo/model/api'
import type { Task } from '@todo/model/task'
import type { Query, QueryClient } from '@tanstack/react-query'
import { queryKeys } from '../../api/query-keys.ts'
import type { TaskListQuery } from '../../api/task-list-query.ts'
import { matchesQuery } from './matches-query.ts'
import { PendingChanges } from './pending-changes.ts'
import { findTask, insertTask, removeTask, replaceTask, type TaskPages } from './place-task.ts'
import { shiftOverview } from './shift-overview.ts'
import { Turns } from './turns.ts'

const RECOUNT_DELAY_MS = 400

interface CachedList {
  query: TaskListQuery
  data: TaskPages | undefined
}

const cachedList = ({ queryKey, state }: Query): CachedList => ({
  query: queryKey[1] as TaskListQuery,
  data: state.data as TaskPages | undefined,
})

/** Keeps every cached list, task and count in step with what is known about each task. One per query client. */
export class TaskCache {
  readonly pending = new PendingChanges()
  readonly turns = new Turns()
  readonly #lingering = new Set<string>()
  /** Tasks that changed while a list was being fetched, by the hash of its key. */
  readonly #changedMeanwhile = new Map<string, Set<string>>()
  #recountTimer: ReturnType<typeof setTimeout> | undefined
  #searchTimer: ReturnType<typeof setTimeout> | undefined

  readonly client: QueryClient

  constructor(client: QueryClient) {
    this.client = client
  }

  /** The newest of what is known: a list may have been fetched since the task was shown last, and the other way round. */
  find(taskId: string): Task | undefined {
    let newest = this.client.getQueryData<Task>(queryKeys.task(taskId))
    for (const { data } of this.#lists()) {
      const found = data && findTask(data, taskId)
      if (found && (!newest || found.version > newest.version)) newest = found
    }
    return newest
  }

  /** Shows a task wherever it belongs now, and nowhere else. */
  show(task: Task): void {
    const before = this.find(task.id) ?? null
    for (const list of this.#lists()) this.#put(list, task)
    this.client.setQueryData(queryKeys.task(task.id), task)
    this.#putOverAnswers(task.id)
    this.#recount(before, task)
  }

  /** The task is gone for good, or was never made. */
  forget(taskId: string): void {
    const before = this.find(taskId) ?? null
    for (const list of this.#lists()) this.#takeOut(list, taskId)
    this.client.removeQueries({ queryKey: queryKeys.task(taskId) })
    this.#putOverAnswers(taskId)
    this.#recount(before, null)
  }

  showOrForget(taskId: string, task: Task | null): void {
    if (task) this.show(task)
    else this.forget(taskId)
  }

  /** What the server says about a task, unless something newer is known. */
  receive(task: Task): void {
    const known = this.find(task.id)
    if (known && known.version > task.version) return
    this.showOrForget(task.id, this.pending.rebase(task))
  }

  /** A completed task stays where it is for a moment, so that the tick is seen before the row leaves. */
  linger(taskId: string, ms: number): void {
    this.#lingering.add(taskId)
    setTimeout(() => {
      this.#lingering.delete(taskId)
      const task = this.find(taskId)
      if (task) this.show(task)
    }, ms)
  }

  #put({ query, data }: CachedList, task: Task): void {
    if (!data) return
    const next = this.#place(data, task, query, this.#person().timeZone)
    if (next !== data) this.client.setQueryData(queryKeys.taskList(query), next)
  }

  #takeOut({ query, data }: CachedList, taskId: string): void {
    if (data) this.client.setQueryData(queryKeys.taskList(query), removeTask(data, taskId))
  }

  /** A list that is being fetched may have been read before the change, page by page: it is made good when it is there. */
  #putOverAnswers(taskId: string): void {
    const fetching = { queryKey: queryKeys.taskLists, fetchStatus: 'fetching' } as const
    for (const query of this.client.getQueryCache().findAll(fetching)) {
      const changed = this.#changedMeanwhile.get(query.queryHash) ?? new Set()
      if (changed.size === 0) void this.#whenFetched(query, changed)
      this.#changedMeanwhile.set(query.queryHash, changed.add(taskId))
    }
  }

  async #whenFetched(query: Query, changed: ReadonlySet<string>): Promise<void> {
    // Answers for the fetch that is under way, and begins none. That it failed is told by the list.
    await query.fetch(undefined, { cancelRefetch: false }).catch(() => undefined)
    this.#changedMeanwhile.delete(query.queryHash)
    for (const taskId of changed) {
      const list = cachedList(query)
      const isKnown = this.client.getQueryData(queryKeys.task(taskId)) !== undefined
      const task = isKnown && this.find(taskId)
      if (task) this.#put(list, task)
      else this.#takeOut(list, taskId)
    }
  }

  #place(data: TaskPages, task: Task, query: TaskListQuery, timeZone: string): TaskPages {
    const isThere = findTask(data, task.id) !== undefined
    // It stays where it is and is nowhere else yet: a completion that is refused meanwhile was never among the done.
    if (this.#lingering.has(task.id)) return isThere ? replaceTask(data, task) : data
    const belongs = matchesQuery(task, query, timeZone)
    if (belongs === true) return insertTask(data, task, query, timeZone)
    if (belongs === 'unknown' && !isThere) this.#searchAgainSoon()
    if (belongs === 'unknown') return replaceTask(data, task)
    return removeTask(data, task.id)
  }

  #lists(): CachedList[] {
    return this.client.getQueryCache().findAll({ queryKey: queryKeys.taskLists }).map(cachedList)
  }

  #person(): Pick<Profile, 'timeZone' | 'inboxId'> {
    return this.client.getQueryData<Profile>(queryKeys.profile) ?? { timeZone: 'UTC', inboxId: '' }
  }

  #recount(before: Task | null, after: Task | null): void {
    const { timeZone, inboxId } = this.#person()
    const now = Date.now()
    const context = { clock: { now, today: dayIn(now, timeZone), timeZone }, inboxId }
    this.client.setQueriesData<Overview>({ queryKey: queryKeys.overview }, (overview) =>
      overview ? shiftOverview(overview, before, after, context) : overview,
    )
    clearTimeout(this.#recountTimer)
    this.#recountTimer = setTimeout(
      () => void this.client.invalidateQueries({ queryKey: queryKeys.overview }),
      RECOUNT_DELAY_MS,
    )
  }

  #searchAgainSoon(): void {
    clearTimeout(this.#searchTimer)
    this.#searchTimer = setTimeout(
      () =>
        void this.client.invalidateQueries({
          queryKey: queryKeys.taskLists,
          predicate: (query) => (query.queryKey[1] as TaskListQuery).q !== undefined,
        }),
      RECOUNT_DELAY_MS,
    )
  }
}

const caches = new WeakMap<QueryClient, TaskCache>()

export function taskCache(client: QueryClient): TaskCache {
  const cache = caches.get(client) ?? new TaskCache(client)
  caches.set(client, cache)
  return cache
}
