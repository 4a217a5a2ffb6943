import type { Task } from '@todo/model/task'
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
import { describeMinutesBefore, withRepeat } from '../reminders/reminder-words.ts'
import { type ShownReminder, shownReminder } from '../reminders/shown-reminder.ts'
import { useListById } from '../sidebar/overview.ts'
import { TagChip } from '../tags/tag-chip.tsx'
import { colorStyle } from '../tags/tag-color.ts'
import { useRowActions } from './row-actions.ts'
import type { RowEditorKind } from './row-editor.tsx'

interface RowMetaProps {
  task: Task
  showsList: boolean
  headerDay: string | null
  tabIndex: number
}

/** The second line of a row: when, how often, what reminds, how far, which tags. */
export function RowMeta({ task, showsList, headerDay, tabIndex }: RowMetaProps) {
  const done = task.subtasks.filter((subtask) => subtask.completedAt).length
  const reminder = shownReminder(task, useDayClock())
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
    <div className="col-span-2 col-start-2 mt-[3px] flex flex-wrap items-center gap-x-3 gap-y-1 text-xs leading-[1.125rem] text-ink-2 pointer-coarse:mt-[7px] pointer-coarse:gap-y-2.5">
      <Due task={task} headerDay={headerDay} tabIndex={tabIndex} />
      {task.recurrence && <RecurrenceNote task={task} tabIndex={tabIndex} />}
      {reminder && !task.completedAt && <ReminderNote task={task} shown={reminder} tabIndex={tabIndex} />}
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
      {showsList && <ListNote task={task} tabIndex={tabIndex} />}
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

interface PartProps {
  task: Task
  tabIndex: number
}

interface PartButtonProps extends PartProps {
  part: Exclude<RowEditorKind, 'priority' | 'more'>
  label?: string
  className: string
  children: ReactNode
}

/** A part of the row that a click opens to be changed. */
function PartButton({ task, tabIndex, part, label, className, children }: PartButtonProps) {
  const actions = useRowActions()
  return (
    <button
      type="button"
      data-part={part}
      tabIndex={tabIndex}
      disabled={task.deletedAt !== null}
      aria-haspopup="dialog"
      aria-label={label}
      onClick={(event) => {
        event.stopPropagation()
        actions.edit(part, task, event.currentTarget)
      }}
      className={`thumb-part ${className}`}
    >
      {children}
    </button>
  )
}

const partClass = `${noteClass} rounded-tiny underline-offset-2 hover:underline disabled:no-underline`

function Due({ task, headerDay, tabIndex }: PartProps & { headerDay: string | null }) {
  const clock = useDayClock()
  if (!task.due) return null
  const saysDay = dueHere(task.due, clock.timeZone).date === headerDay
  if (saysDay && !task.due.time) return null
  const phrase = describeDue(task.due, clock, { timeOnly: saysDay, isDone: task.completedAt !== null })
  const isLate = phrase.isOverdue
  return (
    <PartButton
      task={task}
      tabIndex={tabIndex}
      part="due"
      label={`Due ${phrase.text}${isLate ? ', overdue' : ''}`}
      className={classNames(
        partClass,
        'tabular-nums',
        isLate && 'text-high-ink [&>svg]:!text-current',
        phrase.isToday && !isLate && !task.completedAt && 'text-accent-ink [&>svg]:!text-current',
      )}
    >
      <Calendar aria-hidden />
      {phrase.text}
    </PartButton>
  )
}

function RecurrenceNote({ task, tabIndex }: PartProps) {
  const describe = useRecurrenceWords()
  const { timeZone } = useDayClock()
  const text = task.recurrence ? describe(task.recurrence, task.due?.timeZone ?? timeZone) : ''
  return (
    <PartButton task={task} tabIndex={tabIndex} part="recurrence" label={`Repeats: ${text}`} className={partClass}>
      <Repeat aria-hidden />
      {text}
    </PartButton>
  )
}

function ReminderNote({ task, tabIndex, shown }: PartProps & { shown: ShownReminder }) {
  const { timeZone, locale } = useDayClock()
  const { reminder, isOver, more } = shown
  const time =
    reminder.kind === 'relative'
      ? describeMinutesBefore(reminder.minutesBefore)
      : formatInstant(reminder.at, timeZone, locale)
  const text = `${withRepeat(time, reminder)}${isOver ? ', past' : ''}`
  return (
    <PartButton
      task={task}
      tabIndex={tabIndex}
      part="reminders"
      label={`Reminder: ${text}${more > 0 ? ` +${more} more` : ''}`}
      className={classNames(partClass, isOver && 'text-ink-3')}
    >
      <Bell aria-hidden />
      {text}
      {more > 0 && ` +${more}`}
    </PartButton>
  )
}

function Tags({ task, tabIndex }: PartProps) {
  return (
    <PartButton
      task={task}
      tabIndex={tabIndex}
      part="tags"
      className="inline-flex max-w-full flex-wrap items-center gap-1 rounded-tiny"
    >
      <span className="sr-only">Tags:</span>
      {task.tags.map((tag) => (
        <TagChip key={tag} name={tag} />
      ))}
    </PartButton>
  )
}

function ListNote({ task, tabIndex }: PartProps) {
  const list = useListById(task.listId)
  if (!list || list.isInbox) return null
  return (
    <PartButton
      task={task}
      tabIndex={tabIndex}
      part="list"
      className="inline-flex min-w-0 items-center gap-1.5 rounded-tiny text-start underline-offset-2 hover:underline"
    >
      <span aria-hidden style={colorStyle(list.color)} className="size-2 shrink-0 rounded-[2.5px] dot" />
      <span className="sr-only">List:</span>
      <bdi className="truncate">{list.name}</bdi>
    </PartButton>
  )
}
