import { usePerson } from '../account/person.ts'
import { useDayClock } from '../dates/day-clock.tsx'
import { DueButton } from '../dates/due-button.tsx'
import { isOverdue } from '../dates/due-phrase.ts'
import { describeWholeDue } from './describe-value.ts'
import { fieldClass } from './field-class.ts'
import { RemoveButton } from './remove-button.tsx'
import type { TaskDraftHandle } from './use-task-draft.ts'
import { remindersWithoutDue } from '@todo/model/due'
import type { Due } from '@todo/model/task'

export function DueField({ handle: { draft, set } }: { handle: TaskDraftHandle }) {
  const { timeZone } = usePerson()
  const clock = useDayClock()
  const { due } = draft
  const change = (next: Due | null) => {
    set('due', next)
    if (next) return
    set('recurrence', null)
    set('reminders', remindersWithoutDue(draft.reminders))
  }
  return (
    <div className="flex gap-1">
      <DueButton due={due} onChoose={change} className={fieldClass}>
        {due ? (
          <>
            <span className={isOverdue(due, clock) ? 'text-high-ink' : ''}>{describeWholeDue(due, clock.locale)}</span>
            {due.time && <span className="text-ink-3">{(due.timeZone ?? timeZone).replaceAll('_', ' ')}</span>}
          </>
        ) : (
          <span className="text-ink-3">No due date</span>
        )}
      </DueButton>
      {due && <RemoveButton label="Remove the due date" onClick={() => change(null)} />}
    </div>
  )
}
