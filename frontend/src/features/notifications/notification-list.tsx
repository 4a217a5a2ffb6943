import type { Notification } from '@todo/model/api'
import { useNavigate } from '@tanstack/react-router'
import BellOff from 'lucide-react/icons/bell-off'
import { useRef } from 'react'
import { Button } from '../../ui/button.tsx'
import { classNames } from '../../ui/class-names.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { useDayClock } from '../dates/day-clock.tsx'
import { describeAgo } from '../dates/describe-date.ts'
import { useOpenTask } from '../edit-task/open-task.ts'
import { LinesSkeleton } from '../../ui/lines-skeleton.tsx'
import { SnoozeButtons } from '../reminders/snooze-buttons.tsx'
import { useReminderActions } from '../reminders/use-reminder-actions.ts'
import { useNotifications } from './notifications-query.ts'
import { CHANNELS_PLACE, isTrouble, textOf } from './notification-words.ts'
import { useMarkRead } from './use-mark-read.ts'

/** What happened while nobody looked, newest first. Opening one marks it as read. */
export function NotificationList({ onClose }: { onClose: () => void }) {
  const { data, error, isPending, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useNotifications()
  const { openTask } = useOpenTask()
  const navigate = useNavigate()
  const mark = useMarkRead()
  const items = data?.pages.flatMap((page) => page.items) ?? []
  const hasUnread = items.some((item) => item.readAt === null)
  const open = (item: Notification) => {
    if (item.readAt === null) mark.mutate([item.id])
    if (item.taskId === null && item.kind !== 'channel-off') return
    onClose()
    if (item.taskId === null) void navigate(CHANNELS_PLACE)
    else openTask(item.taskId)
  }
  return (
    <div>
      <div className="sticky top-0 flex min-h-12 items-center justify-between border-b border-line bg-surface ps-4 pe-2">
        <h2 className="font-semibold">Notifications</h2>
        {hasUnread && (
          <Button variant="ghost" onClick={() => mark.mutate(undefined)}>
            Mark all as read
          </Button>
        )}
      </div>
      {isPending && !error && (
        <div className="p-4">
          <LinesSkeleton />
        </div>
      )}
      {error && <ErrorState error={error} title="Notifications could not be loaded" onRetry={() => void refetch()} />}
      {data && items.length === 0 && (
        <EmptyState icon={<BellOff size={20} />} title="Nothing yet">
          Set a reminder on a task, and it rings here, and by e-mail if you like.
        </EmptyState>
      )}
      <ul>
        {items.map((item) => (
          <NotificationLine
            key={item.id}
            item={item}
            onOpen={() => open(item)}
            onAnswered={() => mark.mutate([item.id])}
            onClose={onClose}
          />
        ))}
      </ul>
      {hasNextPage && (
        <div className="p-2">
          <Button className="w-full" isBusy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            Show earlier ones
          </Button>
        </div>
      )}
    </div>
  )
}

interface NotificationLineProps {
  item: Notification
  onOpen: () => void
  onAnswered: () => void
  onClose: () => void
}

function NotificationLine({ item, onOpen, onAnswered, onClose }: NotificationLineProps) {
  const { now, timeZone, locale } = useDayClock()
  const line = useRef<HTMLButtonElement>(null)
  const actionsOf = useReminderActions()
  const isUnread = item.readAt === null
  return (
    <li className="border-b border-line last:border-0">
      <button
        ref={line}
        type="button"
        onClick={onOpen}
        className="flex w-full gap-3 px-4 py-3 text-start hover:bg-hover focus-visible:-outline-offset-2"
      >
        <span
          aria-hidden
          className={classNames(
            'mt-1.5 size-2 shrink-0 rounded-full',
            isUnread ? (isTrouble(item) ? 'bg-high' : 'bg-accent') : 'bg-transparent',
          )}
        />
        <span className="grid min-w-0 flex-1 gap-0.5">
          <span
            dir="auto"
            className={classNames('text-s [overflow-wrap:anywhere]', isUnread ? 'font-semibold' : 'text-ink-2')}
          >
            {item.title}
            {isUnread && <span className="sr-only"> (unread)</span>}
          </span>
          <span className="line-clamp-2 text-xs text-ink-2 [overflow-wrap:anywhere]">{textOf(item)}</span>
        </span>
        <time dateTime={item.createdAt} className="shrink-0 text-xs text-ink-2">
          {describeAgo(item.createdAt, now, timeZone, locale)}
        </time>
      </button>
      {isUnread && item.kind === 'reminder' && item.taskId !== null && (
        <div className="ps-9 pe-4 pb-3 text-ink-2">
          <SnoozeButtons
            {...actionsOf({
              taskId: item.taskId,
              notificationId: item.id,
              onAnswered: () => {
                onAnswered()
                // The button that was pressed goes, and the list stays for the next.
                line.current?.focus()
              },
              onOpen: onClose,
            })}
          />
        </div>
      )}
    </li>
  )
}
