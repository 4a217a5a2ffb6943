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

interface Reminded {
  taskId: string
  /** Is marked as read when another time is saved; opening the task to choose it does not. */
  notificationId?: string
  /** The reminder is done with. */
  onAnswered: () => void
  /** The task is opened instead. */
  onOpen?: () => void
}

/** What can be done about the reminder of a task. For parts that stand anywhere. */
export function useReminderActions(): (reminded: Reminded) => ReminderActions {
  const client = useQueryClient()
  const actions = useTaskActions()
  const { openTask } = useOpenTask()
  const { timeZone, locale } = useDayClock()
  return useCallback(
    ({ taskId, notificationId, onAnswered, onOpen }) => {
      const act = async (run: (task: Task) => unknown) => {
        onAnswered()
        try {
          run(taskCache(client).find(taskId) ?? (await tasksApi.get(taskId)))
        } catch (error) {
          void notify('The task could not be found', { tone: 'error', description: describeError(error) })
        }
      }
      const when = (until: string) => formatInstant(until, timeZone, locale, { weekday: 'short', ...timeParts(locale) })
      return {
        // It may have been done since, in its row or from another device: then it stays so.
        complete: () => void act((task) => task.completedAt === null && actions.toggle([task])),
        choices: () => snoozeChoices(Date.now(), timeZone),
        snooze: ({ until }) => void act((task) => actions.snooze(task, until, when(until))),
        chooseTime: () => {
          onOpen?.()
          openTask(taskId, { choosesReminder: true, ...(notificationId && { notificationId }) })
        },
      }
    },
    [client, actions, openTask, timeZone, locale],
  )
}
