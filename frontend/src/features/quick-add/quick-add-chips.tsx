import Bell from 'lucide-react/icons/bell'
import CalendarDays from 'lucide-react/icons/calendar-days'
import Flag from 'lucide-react/icons/flag'
import Folder from 'lucide-react/icons/folder'
import Hash from 'lucide-react/icons/hash'
import Repeat from 'lucide-react/icons/repeat'
import { ClearButton } from '../../ui/clear-button.tsx'
import { lazyNamed } from '../../ui/lazy-named.ts'
import { MenuButton } from '../../ui/menu-button.tsx'
import { PopoverButton } from '../../ui/popover-button.tsx'
import { useDayClock } from '../dates/day-clock.tsx'
import { DueButton } from '../dates/due-button.tsx'
import { describeDue } from '../dates/due-phrase.ts'
import { ListButton } from '../lists/list-button.tsx'
import { useListById } from '../sidebar/overview.ts'
import { PRIORITY_NAMES } from '../tasks/priority.ts'
import { PRESET_NAMES } from '../recurrence/preset-names.ts'
import { describeMinutesBefore } from '../reminders/reminder-words.ts'
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
      <TokenChips state={state} />
      <DueChip state={state} />
      <PriorityChip state={state} />
      <TagsChip state={state} />
      <ListChip state={state} />
      <RepeatChip state={state} />
      <ReminderChip state={state} />
    </div>
  )
}

function TokenChips({ state }: ChipProps) {
  return state.read.tokens.map((token) => (
    <span key={`${token.text}-${token.start}`} className={`${chipClass('on')} !pe-1`}>
      {token.kind === 'tag' ? <bdi>#{token.tag}</bdi> : PRIORITY_NAMES[token.priority]}
      <ClearButton label={`Keep ${token.text} as plain text`} onClick={() => state.keepPlain(token.text)} />
    </span>
  ))
}

function DueChip({ state: { choices, choose } }: ChipProps) {
  const clock = useDayClock()
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

/** Gives way to the token that says a priority in the line. */
function PriorityChip({ state: { read, choices, choose } }: ChipProps) {
  if (read.tokens.some((token) => token.kind === 'priority')) return null
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

function ListChip({ state: { choices, choose } }: ChipProps) {
  const list = useListById(choices.listId ?? undefined)
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

function RepeatChip({ state: { choices, choose } }: ChipProps) {
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

function ReminderChip({ state: { choices, choose } }: ChipProps) {
  const isCounted = choices.due !== null || choices.preset !== 'none'
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
      {(button) => <MenuButton {...button} menuLabel="Reminder" entries={() => reminderEntries(choices, choose)} />}
    </ChoiceChip>
  )
}
