import type { Task } from '@todo/model/task'
import Trash from 'lucide-react/icons/trash-2'
import Undo from 'lucide-react/icons/undo-2'
import { Button } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { modKey } from '../../ui/use-shortcuts.ts'
import { useDayClock } from '../dates/day-clock.tsx'
import { describeAgo, formatInstant } from '../dates/describe-date.ts'
import { useTaskActions } from '../tasks/task-actions.ts'
import { dropDraft } from './kept-drafts.ts'
import { useOpenTask } from './open-task.ts'
import type { TaskDraftHandle } from './use-task-draft.ts'

interface EditorFooterProps {
  task: Task
  handle: TaskDraftHandle
  onCancel: () => void
  onSave: () => void
}

export function EditorFooter({ task, handle, onCancel, onSave }: EditorFooterProps) {
  const actions = useTaskActions()
  const { closeTask } = useOpenTask()
  const remove = () => {
    dropDraft(task.id)
    closeTask()
    actions.remove([task])
  }
  return (
    <div className="flex items-center gap-2 border-t border-line px-5 pt-3 pb-[calc(12px+env(safe-area-inset-bottom))]">
      {task.deletedAt && !handle.isDirty && (
        <Button variant="ghost" icon={<Undo size={16} />} onClick={() => actions.restore([task])}>
          Restore
        </Button>
      )}
      {!task.deletedAt && (
        <IconButton label="Delete task" tip="Delete" onClick={remove} className="-ms-2 hover:!text-high-ink">
          <Trash size={17} />
        </IconButton>
      )}
      <p className="min-w-0 flex-1 truncate text-xs text-ink-2">
        <Dates task={task} />
      </p>
      <Button onClick={onCancel}>Cancel</Button>
      <Button variant="primary" onClick={onSave} isBusy={handle.isSaving} title={`${modKey} Enter`}>
        {saveLabel(task, handle)}
      </Button>
    </div>
  )
}

function saveLabel({ deletedAt }: Task, { conflicts, isDirty, isSaving }: TaskDraftHandle): string {
  if (isSaving) return 'Saving…'
  if (conflicts.length > 0) return 'Keep mine and save'
  return deletedAt && isDirty ? 'Restore and save' : 'Save'
}

function Dates({ task }: { task: Task }) {
  const { now, timeZone, locale } = useDayClock()
  const date = (instant: string) => formatInstant(instant, timeZone, locale, { day: 'numeric', month: 'short' })
  const parts = [
    `Created ${date(task.createdAt)}`,
    task.completedAt
      ? `${task.skipped ? 'skipped' : 'done'} ${describeAgo(task.completedAt, now, timeZone, locale)}`
      : null,
    task.occurrenceNumber !== null && task.occurrenceNumber > 1
      ? `number ${task.occurrenceNumber} of its series`
      : null,
    task.missedOccurrences > 0 ? `${task.missedOccurrences} missed before it` : null,
  ]
  return parts.filter(Boolean).join(' · ')
}
