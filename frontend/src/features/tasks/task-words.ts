import type { Priority, Task } from '@todo/model/task'

const LONGEST = 60

/** How a toast calls tasks: by their title, or how many they are. */
export function quoted(tasks: readonly Pick<Task, 'title'>[]): string {
  const [only, ...others] = tasks
  if (!only || others.length > 0) return `${tasks.length} tasks`
  return `“${only.title.length > LONGEST ? `${only.title.slice(0, LONGEST - 1)}…` : only.title}”`
}

/** What a toast says of a new priority: `“Pay the rent” is of high priority now`. */
export function priorityChange(tasks: readonly Task[], priority: Priority): string {
  return `${quoted(tasks)} ${tasks.length === 1 ? 'is' : 'are'} of ${priority} priority now`
}
