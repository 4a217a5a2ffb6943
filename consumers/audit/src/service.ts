import { z } from 'zod'
import { everyHour } from '@todo/platform/every-hour'
import { on } from '@todo/platform/service'
import type { Service } from '@todo/platform/service'
import { CHANGE_EVENTS, REMINDER_EVENTS } from './history/history-line.ts'
import { LINES_AT_ONCE, LineRecorder } from './history/line-recorder.ts'
import { historyRoutes } from './history/routes.ts'
import { clean } from './housekeeping.ts'
import { onAccountDeleted } from './on-account-deleted.ts'
import { onChange } from './on-change.ts'
import { onReminder } from './on-reminder.ts'

/** Keeps the history of every task: who changed what, when, from what to what. */
export const auditService: Service<object> = {
  name: 'audit',
  config: z.object({}),
  migrations: new URL('../migrations/', import.meta.url),
  prepare: async (deps) => {
    const { pool } = deps.database
    const recorder = new LineRecorder(pool)
    let stopHousekeeping = async () => {}
    return {
      routes: (app) => historyRoutes(app, pool),
      events: [
        { ...on('task-events', CHANGE_EVENTS, (event) => onChange(recorder, event)), atOnce: LINES_AT_ONCE },
        on('task-events', ['account.deleted'], (event) => onAccountDeleted(deps, event)),
        on('reminders', REMINDER_EVENTS, (event) => onReminder(recorder, event)),
      ],
      start: async () => {
        stopHousekeeping = everyHour(() => clean(pool), deps.log)
      },
      stop: () => stopHousekeeping(),
    }
  },
}
