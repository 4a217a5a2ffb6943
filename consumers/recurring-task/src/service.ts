import { z } from 'zod'
import { on } from '@todo/platform/service'
import type { Service } from '@todo/platform/service'
import { onTaskCompleted } from './on-task-completed.ts'

/** Works out what follows a completed occurrence of a series. Owns nothing. */
export const recurringTaskService: Service<object> = {
  name: 'recurring-task',
  config: z.object({}),
  prepare: async (deps) => ({
    events: [on('task-events', ['task.completed'], (event) => onTaskCompleted(deps, event))],
  }),
}
