import type { Task } from '@todo/model/task'
import Check from 'lucide-react/icons/check'
import FolderInput from 'lucide-react/icons/folder-input'
import Trash from 'lucide-react/icons/trash-2'
import Undo from 'lucide-react/icons/undo-2'
import X from 'lucide-react/icons/x'
import { ListButton } from '../lists/list-button.tsx'
import { useTaskActions } from '../tasks/task-actions.ts'
import { BulkFields, BulkWord } from './bulk-fields.tsx'

const buttonClass =
  'inline-flex min-h-9 min-w-9 items-center justify-center gap-2 rounded-control px-2.5 text-s font-semibold hover:bg-[oklch(1_0_0/0.12)] focus-visible:outline-toast-accent aria-expanded:bg-[oklch(1_0_0/0.12)] max-sm:min-h-11 max-sm:min-w-10 max-sm:px-0'

interface BulkBarProps {
  tasks: readonly Task[]
  /** The rest of the list is still being fetched, and picked. */
  isGrowing: boolean
  onDone: () => void
}

/** What can be done with the tasks that are picked. */
export function BulkBar({ tasks, isGrowing, onDone }: BulkBarProps) {
  const actions = useTaskActions()
  const isBin = tasks.every((task) => task.deletedAt)
  const isDone = tasks.every((task) => task.completedAt)
  const run = (act: (tasks: readonly Task[]) => void) => () => {
    act(tasks)
    onDone()
  }
  return (
    <div
      role="toolbar"
      aria-label="Picked tasks"
      data-bulk-bar
      className="fixed inset-x-0 bottom-[calc(76px+env(safe-area-inset-bottom))] z-30 mx-auto flex w-fit max-w-[calc(100vw-16px)] animate-rise items-center gap-0.5 rounded-[12px] border border-line-strong/0 bg-toast p-1 ps-3.5 text-on-toast shadow-2 md:bottom-6 dark:border-line-strong"
    >
      <span aria-live="polite" className="me-1.5 text-s whitespace-nowrap tabular-nums">
        {tasks.length}
        {isGrowing && '…'} <span className="max-sm:sr-only">picked</span>
      </span>
      <span inert={isGrowing} className="flex items-center gap-0.5 transition-opacity inert:opacity-50">
        {isBin ? (
          <button type="button" className={buttonClass} onClick={run(actions.restore)}>
            <Undo size={16} aria-hidden /> <BulkWord>Restore</BulkWord>
          </button>
        ) : (
          <>
            <button type="button" className={buttonClass} onClick={run(actions.toggle)}>
              <Check size={16} aria-hidden /> <BulkWord>{isDone ? 'Reopen' : 'Complete'}</BulkWord>
            </button>
            <BulkFields tasks={tasks} buttonClass={buttonClass} onDone={onDone} />
            <ListButton
              data-bulk="list"
              popoverLabel="Move to list"
              listId={null}
              className={buttonClass}
              onChoose={(list) => {
                actions.move(tasks, list.id, list.name)
                onDone()
              }}
            >
              <FolderInput size={16} aria-hidden /> <BulkWord>Move</BulkWord>
            </ListButton>
            <button type="button" className={buttonClass} onClick={run(actions.remove)}>
              <Trash size={16} aria-hidden /> <BulkWord>Delete</BulkWord>
            </button>
          </>
        )}
      </span>
      <button type="button" aria-label="Pick none" className={`${buttonClass} !px-2`} onClick={onDone}>
        <X size={16} aria-hidden />
      </button>
    </div>
  )
}
