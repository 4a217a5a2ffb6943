import Bell from 'lucide-react/icons/bell'
import CalendarDays from 'lucide-react/icons/calendar-days'
import Flag from 'lucide-react/icons/flag'
import Folder from 'lucide-react/icons/folder'
import Hash from 'lucide-react/icons/hash'
import Repeat from 'lucide-react/icons/repeat'
import X from 'lucide-react/icons/x'
import type { ReactNode } from 'react'
import { lazyNamed } from '../../ui/lazy-named.ts'
import { MenuButton } from '../../ui/menu-button.tsx'
import { PopoverButton } from '../../ui/popover-button.tsx'
import { useDayClock } from '../dates/day-clock.tsx'
import { describeDue } from '../dates/due-phrase.ts'
import { PRESET_NAMES, PRESETS } from '../recurrence/preset-names.ts'
import { REMINDER_CHOICES } from '../reminders/reminder-choices.ts'
import { describeMinutesBefore } from '../reminders/reminder-words.ts'
import { useListById } from '../sidebar/overview.ts'
import { PRIORITIES, PRIORITY_NAMES } from '../tasks/priority.ts'
import { chipClass } from '../views/chip-class.ts'
import type { QuickAddState } from './use-quick-add.ts'

const DuePicker = lazyNamed(() => import('../dates/due-picker.tsx'), 'DuePicker')
const TagPicker = lazyNamed(() => import('../tags/tag-picker.tsx'), 'TagPicker')
const ListPicker = lazyNamed(() => import('../lists/list-picker.tsx'), 'ListPicker')

/** What the new task will have: read from the line, taken from the view, or chosen here. Each can be taken away. */
export function QuickAddChips({ state }: { state: QuickAddState }) {
  const { choices, choose } = state
  const clock = useDayClock()
  const list = useListById(choices.listId ?? undefined)
  const { reminders, preset, due, tags } = choices
  return (
    <div role="group" aria-label="Details of the new task" className="mt-1.5 flex flex-wrap gap-1.5 pb-1 ps-7">
      <TokenChips state={state} />
      <Chip
        icon={<CalendarDays />}
        label="Due"
        value={due && describeDue(due, clock).text}
        onClear={() => choose({ due: null })}
      >
        {(props) => (
          <PopoverButton
            {...props}
            popoverLabel="Due date"
            content={(close) => (
              <DuePicker
                value={due}
                onChange={(next) => {
                  choose({ due: next })
                  close()
                }}
              />
            )}
          />
        )}
      </Chip>
      <PriorityChip state={state} />
      <Chip icon={<Hash />} label="Tags" value={tags.join(', ')} onClear={() => choose({ tags: [] })}>
        {(props) => (
          <PopoverButton
            {...props}
            popoverLabel="Tags"
            content={() => <TagPicker value={tags} onChange={(next) => choose({ tags: next })} />}
          />
        )}
      </Chip>
      <Chip icon={<Folder />} label="List" value={list?.name} onClear={() => choose({ listId: null })}>
        {(props) => (
          <PopoverButton
            {...props}
            popoverLabel="List"
            content={(close) => (
              <ListPicker
                {...(choices.listId && { value: choices.listId })}
                onChoose={(next) => {
                  choose({ listId: next.id })
                  close()
                }}
              />
            )}
          />
        )}
      </Chip>
      <Chip
        icon={<Repeat />}
        label="Repeat"
        value={preset === 'none' ? null : PRESET_NAMES[preset]}
        onClear={() => choose({ preset: 'none' })}
      >
        {(props) => (
          <MenuButton
            {...props}
            menuLabel="Recurrence"
            entries={() =>
              PRESETS.map((name) => ({
                label: PRESET_NAMES[name],
                isChecked: name === preset,
                onSelect: () => choose({ preset: name }),
              }))
            }
          />
        )}
      </Chip>
      <Chip
        icon={<Bell />}
        label="Reminder"
        value={reminders.map((reminder) => describeMinutesBefore(reminder.minutesBefore)).join(', ')}
        onClear={() => choose({ reminders: [] })}
      >
        {(props) => <MenuButton {...props} menuLabel="Reminder" entries={() => reminderEntries(state)} />}
      </Chip>
    </div>
  )
}

function TokenChips({ state }: { state: QuickAddState }) {
  return state.read.tokens.map((token) => (
    <span key={`${token.text}-${token.start}`} className={`${chipClass('on')} !pe-1`}>
      {token.kind === 'tag' ? <bdi>#{token.tag}</bdi> : PRIORITY_NAMES[token.priority]}
      <ClearButton label={`Keep ${token.text} as plain text`} onClick={() => state.keepPlain(token.text)} />
    </span>
  ))
}

function PriorityChip({ state: { read, choices, choose } }: { state: QuickAddState }) {
  if (read.tokens.some((token) => token.kind === 'priority')) return null
  const { priority } = choices
  return (
    <Chip
      icon={<Flag />}
      label="Priority"
      value={priority && PRIORITY_NAMES[priority]}
      onClear={() => choose({ priority: null })}
    >
      {(props) => (
        <MenuButton
          {...props}
          menuLabel="Priority"
          entries={() =>
            PRIORITIES.map((name) => ({
              label: PRIORITY_NAMES[name],
              isChecked: name === priority,
              onSelect: () => choose({ priority: name }),
            }))
          }
        />
      )}
    </Chip>
  )
}

function reminderEntries({ choices: { reminders }, choose }: QuickAddState) {
  return REMINDER_CHOICES.map((minutesBefore) => {
    const isOn = reminders.some((reminder) => reminder.minutesBefore === minutesBefore)
    return {
      label: describeMinutesBefore(minutesBefore),
      isChecked: isOn,
      onSelect: () =>
        choose({
          reminders: isOn
            ? reminders.filter((reminder) => reminder.minutesBefore !== minutesBefore)
            : [...reminders, { kind: 'relative', minutesBefore }],
        }),
    }
  })
}

interface ChipProps {
  icon: ReactNode
  label: string
  value: string | null | undefined
  onClear: () => void
  children: (button: { className: string; 'aria-label': string; children: ReactNode }) => ReactNode
}

/** An icon and a word while there is no value; the value with a cross once there is. */
function Chip({ icon, label, value, onClear, children }: ChipProps) {
  const face = (
    <>
      {icon}
      <bdi className="truncate">{value || label}</bdi>
    </>
  )
  const iconSize = '[&_svg]:size-[13px] [&_svg]:shrink-0'
  if (!value) return children({ className: `${chipClass()} ${iconSize}`, 'aria-label': label, children: face })
  return (
    <span className={`${chipClass('on')} ${iconSize} !pe-1`}>
      {children({
        className: 'inline-flex min-w-0 items-center gap-1.5',
        'aria-label': `${label}: ${value}`,
        children: face,
      })}
      <ClearButton label={`Remove ${label.toLowerCase()}`} onClick={onClear} />
    </span>
  )
}

function ClearButton({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <button
      type="button"
      aria-label={label}
      onClick={onClick}
      className="grid size-5 shrink-0 place-items-center rounded-full hover:bg-accent hover:text-on-accent pointer-coarse:size-8"
    >
      <X size={13} />
    </button>
  )
}
