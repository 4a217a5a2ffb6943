import type { PartKind, QuickAdd, QuickAddPart, QuickReminder } from '@todo/model/quick-add/quick-add'
import Bell from 'lucide-react/icons/bell'
import CalendarDays from 'lucide-react/icons/calendar-days'
import Flag from 'lucide-react/icons/flag'
import Folder from 'lucide-react/icons/folder'
import Hash from 'lucide-react/icons/hash'
import Repeat from 'lucide-react/icons/repeat'
import type { ReactNode } from 'react'
import { ClearButton } from '../../ui/clear-button.tsx'
import { lazyNamed } from '../../ui/lazy-named.ts'
import { MenuButton } from '../../ui/menu-button.tsx'
import { PopoverButton } from '../../ui/popover-button.tsx'
import { useDayClock } from '../dates/day-clock.tsx'
import { DueButton } from '../dates/due-button.tsx'
import { formatInstant } from '../dates/describe-date.ts'
import { describeDue } from '../dates/due-phrase.ts'
import { ListButton } from '../lists/list-button.tsx'
import { useListById, useLists } from '../sidebar/overview.ts'
import { PRIORITY_NAMES } from '../tasks/priority.ts'
import { PRESET_NAMES } from '../recurrence/preset-names.ts'
import { useRecurrenceWords } from '../recurrence/recurrence-words.ts'
import { describeMinutesBefore, withRepeat } from '../reminders/reminder-words.ts'
import { chipClass } from '../views/chip-class.ts'
import { ChoiceChip } from '../views/choice-chip.tsx'
import { presetEntries, priorityEntries, reminderEntries } from './choice-entries.ts'
import type { QuickAddState } from './use-quick-add.ts'

const TagPicker = lazyNamed(() => import('../tags/tag-picker.tsx'), 'TagPicker', { isNear: true })

interface ChipProps {
  state: QuickAddState
}

/** What the new task will have: read from the line, taken from the view, or chosen here. Each can be taken away. */
export function QuickAddChips({ state }: ChipProps) {
  return (
    <div role="group" aria-label="Details of the new task" className="mt-1.5 flex flex-wrap gap-1.5 ps-7 pb-1">
      <PartChips state={state} />
      <DueChip state={state} />
      <PriorityChip state={state} />
      <TagsChip state={state} />
      <ListChip state={state} />
      <RepeatChip state={state} />
      <ReminderChip state={state} />
    </div>
  )
}

/** What was understood in the line. Its cross leaves the words in the title. */
function PartChips({ state }: ChipProps) {
  const say = usePartWords(state.read)
  return state.read.parts.map((part) => (
    <span key={`${part.kind}-${part.from}`} className={`${chipClass('on')} !pe-1 [&>svg]:size-[13px]`}>
      {PART_ICONS[part.kind]}
      <bdi className="truncate">{say(part)}</bdi>
      <ClearButton label={`Keep ${part.text} as plain text`} onClick={() => state.keepPlain(part)} />
    </span>
  ))
}

const PART_ICONS: Readonly<Record<PartKind, ReactNode>> = {
  due: <CalendarDays />,
  recurrence: <Repeat />,
  priority: <Flag />,
  tag: null,
  list: <Folder />,
  reminder: <Bell />,
}

function usePartWords(read: QuickAdd): (part: QuickAddPart) => string {
  const clock = useDayClock()
  const lists = useLists()
  const repeatWords = useRecurrenceWords()
  return (part) => {
    switch (part.kind) {
      case 'due':
        return read.due ? describeDue(read.due, clock).text : part.text
      case 'recurrence':
        return read.recurrence && read.due
          ? `${repeatWords(read.recurrence, clock.timeZone)}, from ${describeDue(read.due, clock).text}`
          : part.text
      case 'priority':
        return PRIORITY_NAMES[part.priority]
      case 'tag':
        return `#${part.tag}`
      case 'list':
        return lists.find(({ id }) => id === part.listId)?.name ?? part.text
      case 'reminder':
        return part.reminders.map((reminder) => reminderWords(reminder, clock)).join(', ')
    }
  }
}

function reminderWords(reminder: QuickReminder, { timeZone, locale }: ReturnType<typeof useDayClock>): string {
  const time =
    reminder.kind === 'relative'
      ? describeMinutesBefore(reminder.minutesBefore)
      : formatInstant(reminder.at, timeZone, locale, { dateStyle: 'medium', timeStyle: 'short' })
  return withRepeat(time, reminder)
}

/** Gives way to what the line says of the same. */
const says = ({ read }: QuickAddState, kind: PartKind): boolean => read.parts.some((part) => part.kind === kind)

function DueChip({ state }: ChipProps) {
  const { choices, choose } = state
  const clock = useDayClock()
  if (state.read.due) return null
  const text = choices.due && describeDue(choices.due, clock).text
  return (
    <ChoiceChip
      icon={<CalendarDays />}
      label="Due"
      value={text}
      clearLabel="Remove due"
      onClear={() => choose({ due: null })}
    >
      {(button) => <DueButton {...button} due={choices.due} onChoose={(due) => choose({ due })} />}
    </ChoiceChip>
  )
}

function PriorityChip({ state }: ChipProps) {
  const { choices, choose } = state
  if (says(state, 'priority')) return null
  const text = choices.priority && PRIORITY_NAMES[choices.priority]
  return (
    <ChoiceChip
      icon={<Flag />}
      label="Priority"
      value={text}
      clearLabel="Remove priority"
      onClear={() => choose({ priority: null })}
    >
      {(button) => <MenuButton {...button} menuLabel="Priority" entries={() => priorityEntries(choices, choose)} />}
    </ChoiceChip>
  )
}

function TagsChip({ state: { choices, choose } }: ChipProps) {
  return (
    <ChoiceChip
      icon={<Hash />}
      label="Tags"
      value={choices.tags.join(', ')}
      clearLabel="Remove tags"
      onClear={() => choose({ tags: [] })}
    >
      {(button) => (
        <PopoverButton
          {...button}
          popoverLabel="Tags"
          content={() => <TagPicker value={choices.tags} onChange={(tags) => choose({ tags })} />}
        />
      )}
    </ChoiceChip>
  )
}

function ListChip({ state }: ChipProps) {
  const { choices, choose } = state
  const list = useListById(choices.listId ?? undefined)
  if (says(state, 'list')) return null
  return (
    <ChoiceChip
      icon={<Folder />}
      label="List"
      value={list?.name}
      clearLabel="Remove list"
      onClear={() => choose({ listId: null })}
    >
      {(button) => (
        <ListButton
          {...button}
          popoverLabel="List"
          listId={choices.listId}
          onChoose={(next) => choose({ listId: next.id })}
        />
      )}
    </ChoiceChip>
  )
}

function RepeatChip({ state }: ChipProps) {
  const { choices, choose } = state
  if (says(state, 'recurrence')) return null
  const text = choices.preset === 'none' ? null : PRESET_NAMES[choices.preset]
  return (
    <ChoiceChip
      icon={<Repeat />}
      label="Repeat"
      value={text}
      clearLabel="Remove repeat"
      onClear={() => choose({ preset: 'none' })}
    >
      {(button) => <MenuButton {...button} menuLabel="Recurrence" entries={() => presetEntries(choices, choose)} />}
    </ChoiceChip>
  )
}

function ReminderChip({ state }: ChipProps) {
  const { choices, choose } = state
  if (says(state, 'reminder')) return null
  const isCounted = choices.due !== null || choices.preset !== 'none' || state.read.due !== null
  const text = (isCounted ? choices.reminders : [])
    .map((reminder) => describeMinutesBefore(reminder.minutesBefore))
    .join(', ')
  return (
    <ChoiceChip
      icon={<Bell />}
      label="Reminder"
      value={text}
      clearLabel="Remove reminder"
      onClear={() => choose({ reminders: [] })}
    >
      {(button) => (
        <MenuButton
          {...button}
          menuLabel="Reminder"
          entries={() => reminderEntries({ ...choices, due: choices.due ?? state.read.due }, choose)}
        />
      )}
    </ChoiceChip>
  )
}
