import type { Task } from '@todo/model/task'
import X from 'lucide-react/icons/x'
import type { RefObject } from 'react'
import { IconButton } from '../../ui/icon-button.tsx'
import { TaskCheckbox } from '../tasks/task-checkbox.tsx'
import { useTaskActions } from '../tasks/task-actions.ts'
import type { TaskDraftHandle } from './use-task-draft.ts'

interface EditorHeaderProps {
  task: Task
  handle: TaskDraftHandle
  titleField: RefObject<HTMLTextAreaElement | null>
  onClose: () => void
}

export function EditorHeader({ task, handle, titleField, onClose }: EditorHeaderProps) {
  const actions = useTaskActions()
  const isEmpty = handle.draft.title.trim() === ''
  return (
    <div className="flex items-start gap-3 px-5 pt-4 pb-2">
      <span className="mt-2.5">
        <TaskCheckbox
          title={task.title}
          priority={handle.draft.priority}
          isDone={task.completedAt !== null}
          isDisabled={task.deletedAt !== null}
          onToggle={() => actions.toggle([task])}
        />
      </span>
      <div className="min-w-0 flex-1">
        <textarea
          ref={titleField}
          aria-label="Title"
          aria-invalid={isEmpty || undefined}
          aria-describedby={isEmpty ? 'title-problem' : undefined}
          dir="auto"
          rows={1}
          maxLength={500}
          value={handle.draft.title}
          placeholder="What is to be done?"
          onChange={(event) => handle.set('title', event.target.value.replace(/\n/gu, ' '))}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && !event.metaKey && !event.ctrlKey) event.preventDefault()
          }}
          className="-ms-1 block field-sizing-content max-h-40 w-full resize-none rounded-control px-2 py-1.5 text-[19px] leading-snug font-[640] tracking-[-0.015em] outline-none focus-visible:bg-sunken"
        />
        {isEmpty && (
          <p id="title-problem" className="text-xs text-high-ink">
            A task needs a title.
          </p>
        )}
      </div>
      <IconButton label="Close" tip="Close Esc" tipSide="end" onClick={onClose} className="-me-2">
        <X size={18} />
      </IconButton>
    </div>
  )
}
