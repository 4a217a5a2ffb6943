import type { Reminder, Task } from '@todo/model/task'
import Bell from 'lucide-react/icons/bell'
import Calendar from 'lucide-react/icons/calendar'
import ListTree from 'lucide-react/icons/list-tree'
import NotebookText from 'lucide-react/icons/notebook-text'
import Repeat from 'lucide-react/icons/repeat'
import type { ReactNode } from 'react'
import { classNames } from '../../ui/class-names.ts'
import { useDayClock } from '../dates/day-clock.tsx'
import { formatInstant } from '../dates/describe-date.ts'
import { dueHere } from '../dates/due-here.ts'
import { describeDue } from '../dates/due-phrase.ts'
import { useRecurrenceWords } from '../recurrence/recurrence-words.ts'
import { describeMinutesBefore } from '../reminders/reminder-words.ts'
import { useListById } from '../sidebar/overview.ts'
import { TagChip } from '../tags/tag-chip.tsx'
import { colorStyle } from '../tags/tag-color.ts'
import { useRowActions } from './row-actions.ts'

interface RowMetaProps {
  task: Task
  showsList: boolean
  headerDay: string | null
  tabIndex: number
}

/** The second line of a row: when, how often, what reminds, how far, which tags. */
export function RowMeta({ task, showsList, headerDay, tabIndex }: RowMetaProps) {
  const done = task.subtasks.filter((subtask) => subtask.completedAt).length
  const [reminder, ...moreReminders] = task.reminders
  const isEmpty =
    !task.due &&
    !task.recurrence &&
    !reminder &&
    task.subtasks.length === 0 &&
    task.tags.length === 0 &&
    !task.notes &&
    !showsList
  if (isEmpty) return null
  return (
    <div className="col-span-2 col-start-2 mt-[3px] flex flex-wrap items-center gap-x-3 gap-y-1 text-xs leading-[18px] text-ink-2">
      <Due task={task} headerDay={headerDay} tabIndex={tabIndex} />
      {task.recurrence && <RecurrenceNote task={task} />}
      {reminder && !task.completedAt && <ReminderNote reminder={reminder} more={moreReminders.length} />}
      {task.subtasks.length > 0 && (
        <Note icon={<ListTree />} label={`Subtasks: ${done} of ${task.subtasks.length} done`}>
          {done} of {task.subtasks.length}
        </Note>
      )}
      {task.notes && (
        <span role="img" aria-label="Has notes" className="inline-flex [&_svg]:size-[13px] [&_svg]:text-ink-3">
          <NotebookText />
        </span>
      )}
      {task.tags.length > 0 && <Tags task={task} tabIndex={tabIndex} />}
      {showsList && <ListNote listId={task.listId} />}
    </div>
  )
}

const noteClass =
  'inline-flex max-w-full items-center text-start gap-[5px] [&>svg]:size-[13px] [&>svg]:shrink-0 [&>svg]:text-ink-3'

function Note({ icon, label, children }: { icon: ReactNode; label: string; children: ReactNode }) {
  return (
    <span className={noteClass}>
      {icon}
      <span className="sr-only">{label}</span>
      <span aria-hidden>{children}</span>
    </span>
  )
}

function Due({ task, headerDay, tabIndex }: Omit<RowMetaProps, 'showsList'>) {
  const actions = useRowActions()
  const clock = useDayClock()
  if (!task.due) return null
  const saysDay = dueHere(task.due, clock.timeZone).date === headerDay
  if (saysDay && !task.due.time) return null
  const phrase = describeDue(task.due, clock, { timeOnly: saysDay, isDone: task.completedAt !== null })
  const isLate = phrase.isOverdue
  return (
    <button
      type="button"
      data-part="due"
      tabIndex={tabIndex}
      aria-haspopup="dialog"
      aria-label={`Due ${phrase.text}${isLate ? ', overdue' : ''}`}
      onClick={(event) => {
        event.stopPropagation()
        actions.edit('due', task, event.currentTarget)
      }}
      className={classNames(
        noteClass,
        'rounded-tiny tabular-nums underline-offset-2 hover:underline',
        isLate && 'text-high-ink [&>svg]:!text-current',
        phrase.isToday && !isLate && !task.completedAt && 'text-accent-ink [&>svg]:!text-current',
      )}
    >
      <Calendar aria-hidden />
      {phrase.text}
    </button>
  )
}

function RecurrenceNote({ task }: { task: Task }) {
  const describe = useRecurrenceWords()
  const text = task.recurrence ? describe(task.recurrence) : ''
  return (
    <Note icon={<Repeat aria-hidden />} label={`Repeats: ${text}`}>
      {text}
    </Note>
  )
}

function ReminderNote({ reminder, more }: { reminder: Reminder; more: number }) {
  const { timeZone, locale } = useDayClock()
  const text =
    reminder.kind === 'relative'
      ? describeMinutesBefore(reminder.minutesBefore)
      : formatInstant(reminder.at, timeZone, locale)
  return (
    <Note icon={<Bell aria-hidden />} label={`Reminder: ${text}${more > 0 ? ` and ${more} more` : ''}`}>
      {text}
      {more > 0 && ` +${more}`}
    </Note>
  )
}

function Tags({ task, tabIndex }: { task: Task; tabIndex: number }) {
  const actions = useRowActions()
  return (
    <button
      type="button"
      data-part="tags"
      tabIndex={tabIndex}
      aria-haspopup="dialog"
      onClick={(event) => {
        event.stopPropagation()
        actions.edit('tags', task, event.currentTarget)
      }}
      className="inline-flex max-w-full flex-wrap items-center gap-1 rounded-tiny pointer-coarse:min-h-6"
    >
      <span className="sr-only">Tags:</span>
      {task.tags.map((tag) => (
        <TagChip key={tag} name={tag} />
      ))}
    </button>
  )
}

function ListNote({ listId }: { listId: string }) {
  const list = useListById(listId)
  if (!list || list.isInbox) return null
  return (
    <span className="inline-flex min-w-0 items-center gap-1.5">
      <span aria-hidden style={colorStyle(list.color)} className="size-2 shrink-0 rounded-[2.5px] dot" />
      <span className="sr-only">List:</span>
      <bdi className="truncate">{list.name}</bdi>
    </span>
  )
}
