import type { Task } from '@todo/model/task'
import X from 'lucide-react/icons/x'
import type { RefObject } from 'react'
import { classNames } from '../../ui/class-names.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { TaskCheckbox } from '../tasks/task-checkbox.tsx'
import { useTaskActions } from '../tasks/task-actions.ts'
import type { TaskDraftHandle } from './use-task-draft.ts'

/** In larger type it would fill a phone. */
const LONG_TITLE = 120

interface EditorHeaderProps {
  task: Task
  handle: TaskDraftHandle
  titleField: RefObject<HTMLTextAreaElement | null>
  onClose: () => void
}

/** The title is there as a whole and moves away with what is under it; the way out stays where it is. */
export function EditorHeader({ task, handle, titleField, onClose }: EditorHeaderProps) {
  const actions = useTaskActions()
  const isEmpty = handle.draft.title.trim() === ''
  return (
    <div className="flex items-start gap-3 ps-5 pe-16 pt-4">
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
          className={classNames(
            '-ms-1 block field-sizing-content w-full resize-none rounded-control px-2 py-1.5 leading-snug font-[640] [overflow-wrap:anywhere] outline-none focus-visible:bg-sunken',
            task.title.length > LONG_TITLE ? 'pt-2' : 'text-[1.1875rem] tracking-[-0.015em]',
          )}
        />
        {isEmpty && (
          <p id="title-problem" className="text-xs text-high-ink">
            A task needs a title.
          </p>
        )}
      </div>
      <IconButton label="Close" tip="Close Esc" tipSide="end" onClick={onClose} className="!absolute end-3 top-4 z-20">
        <X size={18} />
      </IconButton>
    </div>
  )
}
