import type { Task } from '@todo/model/task'
import { useQueryClient } from '@tanstack/react-query'
import { useCallback } from 'react'
import { describeError } from '../../api/api-error.ts'
import { tasksApi } from '../../api/tasks-api.ts'
import { notify } from '../../ui/notify.ts'
import { useDayClock } from '../dates/day-clock.tsx'
import { formatInstant, timeParts } from '../dates/describe-date.ts'
import { useOpenTask } from '../edit-task/open-task.ts'
import { taskCache } from '../tasks/task-cache.ts'
import { useTaskActions } from '../tasks/task-actions.ts'
import { type SnoozeChoice, snoozeChoices } from './snooze-choices.ts'

export interface ReminderActions {
  complete: () => void
  choices: () => SnoozeChoice[]
  snooze: (choice: SnoozeChoice) => void
  chooseTime: () => void
}

/** What can be done about the reminder of a task; `onChosen` hears that something was. For parts that stand anywhere. */
export function useReminderActions(): (taskId: string, onChosen: () => void) => ReminderActions {
  const client = useQueryClient()
  const actions = useTaskActions()
  const { openTask } = useOpenTask()
  const { timeZone, locale } = useDayClock()
  return useCallback(
    (taskId, onChosen) => {
      const act = async (run: (task: Task) => void) => {
        onChosen()
        try {
          run(taskCache(client).find(taskId) ?? (await tasksApi.get(taskId)))
        } catch (error) {
          void notify('The task could not be found', { tone: 'error', description: describeError(error) })
        }
      }
      const when = (until: string) => formatInstant(until, timeZone, locale, { weekday: 'short', ...timeParts(locale) })
      return {
        complete: () => void act((task) => actions.toggle([task])),
        choices: () => snoozeChoices(Date.now(), timeZone),
        snooze: ({ until }) => void act((task) => actions.snooze(task, until, when(until))),
        chooseTime: () => {
          onChosen()
          openTask(taskId, { choosesReminder: true })
        },
      }
    },
    [client, actions, openTask, timeZone, locale],
  )
}
