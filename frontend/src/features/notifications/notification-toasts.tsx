import { useEffect, useRef } from 'react'
import { dismissNotice, notify } from '../../ui/notify.ts'
import { useOpenTask } from '../edit-task/open-task.ts'
import { useViewFilters } from '../views/use-view-filters.ts'
import { useNotifications } from './notifications-query.ts'

/** Says a notification in a toast when it arrives while the app is open; not the ones from before. */
export function NotificationToasts() {
  const { data } = useNotifications()
  const { openTask } = useOpenTask()
  const openId = useViewFilters().filters.task
  const known = useRef<Set<string>>(undefined)
  useEffect(() => {
    if (!data) return
    const items = data.pages.flatMap((page) => page.items)
    const fresh =
      known.current === undefined ? [] : items.filter((item) => !known.current?.has(item.id) && !item.readAt)
    known.current = new Set(items.map((item) => item.id))
    for (const { id, title, body, taskId } of fresh.slice(0, 3)) {
      void notify(title, {
        id,
        description: body || 'You wanted to be reminded of it',
        durationMs: 20_000,
        ...(taskId !== null && { action: { label: 'Open', run: () => openTask(taskId) } }),
      })
    }
  }, [data, openTask])
  // Who has the task before them needs no way to it.
  useEffect(() => {
    const items = data?.pages.flatMap((page) => page.items) ?? []
    for (const { id, taskId } of items) if (taskId !== null && taskId === openId) void dismissNotice(id)
  }, [data, openId])
  return null
}
