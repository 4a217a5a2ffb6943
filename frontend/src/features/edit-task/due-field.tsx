import X from 'lucide-react/icons/x'
import { PopoverButton } from '../../ui/popover-button.tsx'
import { usePerson } from '../account/person.ts'
import { useDayClock } from '../dates/day-clock.tsx'
import { DuePicker } from '../dates/due-picker.tsx'
import { isOverdue } from '../dates/due-phrase.ts'
import { duePatch } from '../recurrence/due-patch.ts'
import { describeWholeDue } from './describe-value.ts'
import { fieldClass } from './field-class.ts'
import type { TaskDraftHandle } from './use-task-draft.ts'
import { remindersWithoutDue } from '@todo/model/due'
import type { Due } from '@todo/model/task'

export function DueField({ handle: { draft, set } }: { handle: TaskDraftHandle }) {
  const { timeZone } = usePerson()
  const clock = useDayClock()
  const { due } = draft
  const change = (next: Due | null) => {
    const patch = duePatch(draft, next)
    set('due', next)
    if (patch.recurrence !== undefined)
      set('recurrence', patch.recurrence && { ...patch.recurrence, start: patch.recurrence.start ?? '' })
    if (patch.reminders) set('reminders', remindersWithoutDue(draft.reminders))
  }
  return (
    <div className="flex gap-1">
      <PopoverButton
        popoverLabel="Due date"
        className={fieldClass}
        content={(close) => (
          <DuePicker
            value={due}
            onChange={(next) => {
              change(next)
              close()
            }}
          />
        )}
      >
        {due ? (
          <>
            <span className={isOverdue(due, clock) ? 'text-high-ink' : ''}>{describeWholeDue(due, clock.locale)}</span>
            {due.time && <span className="text-ink-3">{(due.timeZone ?? timeZone).replaceAll('_', ' ')}</span>}
          </>
        ) : (
          <span className="text-ink-3">No due date</span>
        )}
      </PopoverButton>
      {due && <RemoveButton label="Remove the due date" onClick={() => change(null)} />}
    </div>
  )
}

export function RemoveButton({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <button
      type="button"
      aria-label={label}
      onClick={onClick}
      className="grid size-9 shrink-0 place-items-center rounded-control text-ink-3 hover:bg-hover hover:text-ink"
    >
      <X size={15} />
    </button>
  )
}
