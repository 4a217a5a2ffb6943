import type { Delivery, HistoryEntry, SeriesStory, TaskPage } from '@todo/model/api'
import type { CreateTask, PatchTask, Task } from '@todo/model/task'
import type { TaskBatch } from '@todo/model/task-batch'
import type { TaskListQuery } from './task-list-query.ts'
import { request } from './http.ts'

/** What a new task is made from: the id comes from the client, what is left out takes the server's default. */
export type NewTask = Partial<CreateTask> & Pick<CreateTask, 'title'> & { id: string }

const path = (taskId: string, rest = '') => `/api/v1/tasks/${taskId}${rest}`

/** The first page comes quickly; the ones after it are the largest that the API gives. */
const FIRST_PAGE = 100
const NEXT_PAGE = 200

export const tasksApi = {
  page: (query: TaskListQuery, cursor: string | undefined, signal?: AbortSignal) =>
    request<TaskPage>('GET', '/api/v1/tasks', {
      query: {
        ...query,
        dueBefore: query.dueBefore && new Date().toISOString(),
        cursor,
        limit: cursor === undefined ? FIRST_PAGE : NEXT_PAGE,
      },
      signal,
    }),
  get: (taskId: string, signal?: AbortSignal) => request<Task>('GET', path(taskId), { signal }),
  create: (task: NewTask, mutationId?: string) => request<Task>('POST', '/api/v1/tasks', { body: task, mutationId }),
  patch: (taskId: string, patch: PatchTask, options: { ifMatch?: number; mutationId?: string } = {}) =>
    request<Task>('PATCH', path(taskId), { body: patch, ...options }),
  complete: (taskId: string, mutationId?: string) =>
    request<Task>('POST', path(taskId, '/complete'), { body: {}, mutationId }),
  skip: (taskId: string, mutationId?: string) => request<Task>('POST', path(taskId, '/skip'), { body: {}, mutationId }),
  snooze: (taskId: string, until: string, mutationId?: string) =>
    request<Task>('POST', path(taskId, '/snooze'), { body: { until }, mutationId }),
  endSeries: (taskId: string, mutationId?: string) =>
    request<Task>('POST', path(taskId, '/end-series'), { body: {}, mutationId }),
  series: (taskId: string, signal?: AbortSignal) => request<SeriesStory>('GET', path(taskId, '/series'), { signal }),
  reopen: (taskId: string, mutationId?: string) =>
    request<Task>('POST', path(taskId, '/reopen'), { body: {}, mutationId }),
  delete: (taskId: string, mutationId?: string) => request<Task>('DELETE', path(taskId), { mutationId }),
  restore: (taskId: string, mutationId?: string) =>
    request<Task>('POST', path(taskId, '/restore'), { body: {}, mutationId }),
  move: (taskId: string, listId: string, mutationId?: string) =>
    request<Task>('POST', path(taskId, '/move'), { body: { listId }, mutationId }),
  reorder: (taskId: string, after: string | null, mutationId?: string) =>
    request<Task>('POST', path(taskId, '/reorder'), { body: { after }, mutationId }),
  batch: (batch: TaskBatch, mutationId?: string) =>
    request<{ batchId: string; items: Task[] }>('POST', '/api/v1/tasks/batch', { body: batch, mutationId }),
  history: (taskId: string, cursor?: string, signal?: AbortSignal) =>
    request<{ items: HistoryEntry[]; nextCursor: string | null }>('GET', path(taskId, '/history'), {
      query: { cursor },
      signal,
    }),
  deliveries: (taskId: string, signal?: AbortSignal) =>
    request<{ items: Delivery[] }>('GET', path(taskId, '/deliveries'), { signal }),
}
