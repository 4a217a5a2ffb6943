import type { TaskListQuery } from './task-list-query.ts'

/** Every key of the query cache, so that what invalidates and what reads cannot drift apart. */
export const queryKeys = {
  profile: ['profile'] as const,
  overview: ['overview'] as const,
  filters: ['filters'] as const,
  deletedLists: ['deleted-lists'] as const,
  taskLists: ['task-list'] as const,
  taskList: (query: TaskListQuery) => ['task-list', query] as const,
  task: (taskId: string) => ['task', taskId] as const,
  series: (taskId: string) => ['series', taskId] as const,
  history: (taskId: string) => ['history', taskId] as const,
  deliveries: (taskId: string) => ['deliveries', taskId] as const,
  notifications: ['notifications'] as const,
  channels: ['channels'] as const,
  thisDevice: ['this-device'] as const,
  signUp: ['sign-up'] as const,
}
