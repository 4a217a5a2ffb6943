import type { Notification } from '@todo/model/api'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { dismissNotice, notify } from '../../ui/notify.ts'
import { useOpenTask } from '../edit-task/open-task.ts'
import { SnoozeButtons } from '../reminders/snooze-buttons.tsx'
import { useReminderActions } from '../reminders/use-reminder-actions.ts'
import { CHANNELS_PLACE, isTrouble, textOf } from './notification-words.ts'
import { useMarkRead } from './use-mark-read.ts'
import { useNotifications } from './notifications-query.ts'

/** Says a notification in a toast when it arrives while the app is open; not the ones from before. */
export function NotificationToasts() {
  const { data } = useNotifications()
  const { openTask, openTaskId } = useOpenTask()
  const navigate = useNavigate()
  const { mutate: markAsRead } = useMarkRead()
  const actionsOf = useReminderActions()
  /** Of those that are known, whether they are read. */
  const known = useRef<Map<string, boolean>>(undefined)
  useEffect(() => {
    if (!data) return
    // What is new is on the first page: those behind it are shown because somebody asked for earlier ones.
    const latest = data.pages[0]?.items ?? []
    const fresh =
      known.current === undefined ? [] : latest.filter((item) => !known.current?.has(item.id) && !item.readAt)
    // Heard in another place, or its task is done by now: there is nothing left to answer.
    for (const { id, readAt } of latest) if (readAt && known.current?.get(id) === false) void dismissNotice(id)
    const items = data.pages.flatMap((page) => page.items)
    known.current = new Map(items.map(({ id, readAt }) => [id, readAt !== null]))
    for (const item of fresh.slice(0, 3)) {
      const { id, kind, title, taskId } = item
      const text = textOf(item)
      // All of it is there from the first: a toast keeps the height that it begins with.
      const isReminder = kind === 'reminder' && taskId !== null
      void notify(title, {
        id,
        description: isReminder ? (
          <>
            <span className="line-clamp-4 opacity-80">{text}</span>
            <SnoozeButtons
              {...actionsOf({
                taskId,
                notificationId: id,
                onAnswered: () => {
                  void dismissNotice(id)
                  markAsRead([id])
                },
                onOpen: () => void dismissNotice(id),
              })}
            />
          </>
        ) : (
          text
        ),
        durationMs: 20_000,
        ...(isTrouble(item) && { tone: 'error' }),
        ...(taskId !== null && { action: { label: 'Open', run: () => openTask(taskId) } }),
        ...(kind === 'channel-off' && { action: { label: 'See', run: () => void navigate(CHANNELS_PLACE) } }),
      })
    }
  }, [data, openTask, navigate, markAsRead, actionsOf])
  useDismissedWhenOpened(data?.pages.flatMap((page) => page.items) ?? [], openTaskId)
  return null
}

/** Who has opened the task needs no way to it any more. One that comes while it is open is shown. */
function useDismissedWhenOpened(items: readonly Notification[], openTaskId: string | undefined): void {
  const shown = useRef(items)
  useEffect(() => {
    shown.current = items
  })
  useEffect(() => {
    if (openTaskId === undefined) return
    for (const { id, taskId } of shown.current) if (taskId === openTaskId) void dismissNotice(id)
  }, [openTaskId])
}
