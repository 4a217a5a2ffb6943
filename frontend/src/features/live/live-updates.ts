import type { QueryClient } from '@tanstack/react-query'
import { ApiError } from '../../api/api-error.ts'
import { queryKeys } from '../../api/query-keys.ts'
import { tasksApi } from '../../api/tasks-api.ts'
import { taskCache } from '../tasks/task-cache.ts'
import type { TaskNotice, ViewNotice } from './live-connection.ts'

/** Notices that come this close together are fetched together. */
const GATHER_MS = 25
/** More tasks than this at once, and the lists are fetched instead of each task. */
const BURST = 25

const KEYS_BY_RESOURCE: Readonly<Record<ViewNotice['resource'], readonly (readonly string[])[]>> = {
  // With a list its tasks go and come, without a word of their own.
  lists: [queryKeys.overview, queryKeys.deletedLists, queryKeys.taskLists],
  tags: [queryKeys.overview],
  notifications: [queryKeys.notifications, queryKeys.overview],
  filters: [queryKeys.filters],
  // In another time zone, other tasks are due today. Channels and what became of a try are the person's, too.
  profile: [queryKeys.profile, queryKeys.channels, queryKeys.taskLists, queryKeys.overview],
}

/** Turns notices of the live stream into what the cache holds: the changed task is fetched and put in its places. */
export class LiveUpdates {
  readonly #client: QueryClient
  #waiting = new Map<string, TaskNotice>()

  constructor(client: QueryClient) {
    this.#client = client
  }

  onTask(notice: TaskNotice): void {
    void this.#client.invalidateQueries({ queryKey: queryKeys.history(notice.taskId) })
    const cache = taskCache(this.#client)
    // The answer tells of the task that was changed here, not of what the change did to others.
    if (cache.pending.isUnderWay(notice.taskId, notice.mutationId)) return
    const known = cache.find(notice.taskId)
    if (known && known.version >= notice.version) return
    this.#waiting.set(notice.taskId, notice)
    if (this.#waiting.size === 1) setTimeout(() => void this.#fetchWaiting(), GATHER_MS)
  }

  onView({ resource }: ViewNotice): void {
    for (const queryKey of KEYS_BY_RESOURCE[resource]) void this.#client.invalidateQueries({ queryKey })
  }

  onGap(): void {
    void this.#client.invalidateQueries()
  }

  async #fetchWaiting(): Promise<void> {
    const notices = [...this.#waiting.values()]
    this.#waiting = new Map()
    if (notices.length > BURST) return this.onGap()
    await Promise.all(notices.map((notice) => this.#fetch(notice)))
  }

  async #fetch(notice: TaskNotice): Promise<void> {
    const cache = taskCache(this.#client)
    if (notice.newStatus === 'none') return cache.forget(notice.taskId)
    try {
      cache.receive(await tasksApi.get(notice.taskId))
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) cache.forget(notice.taskId)
      else void this.#client.invalidateQueries({ queryKey: queryKeys.taskLists })
    }
  }
}
