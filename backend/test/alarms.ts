import type { Task } from '@todo/model/task'
import type { Job } from '@todo/platform/job-scheduler'
import type { TestBackend } from './harness.ts'

/** The alarms that are set for the reminders of a task. */
export function alarmsIn({ jobs }: TestBackend, { id }: Task): Job[] {
  return [...jobs.values()].filter(({ data }) => data.taskId === id)
}

/** Lets them ring now, whatever their time. */
export async function ringAlarms(backend: TestBackend, task: Task): Promise<void> {
  for (const job of alarmsIn(backend, task)) await backend.runtime.jobs!['fire-reminder']!(job)
}
