import type { Task } from '@todo/model/task'
import Check from 'lucide-react/icons/check'
import FolderInput from 'lucide-react/icons/folder-input'
import Trash from 'lucide-react/icons/trash-2'
import Undo from 'lucide-react/icons/undo-2'
import X from 'lucide-react/icons/x'
import { ListButton } from '../lists/list-button.tsx'
import { useTaskActions } from '../tasks/task-actions.ts'

const buttonClass =
  'inline-flex min-h-9 items-center justify-center gap-2 rounded-control px-2.5 text-s font-semibold hover:bg-[oklch(1_0_0/0.12)] focus-visible:outline-toast-accent max-sm:min-h-11 max-sm:min-w-11'

/** What can be done with the tasks that are picked. */
export function BulkBar({ tasks, onDone }: { tasks: readonly Task[]; onDone: () => void }) {
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
      className="fixed inset-x-0 bottom-[calc(76px+env(safe-area-inset-bottom))] z-30 mx-auto flex w-fit max-w-[calc(100vw-16px)] animate-rise items-center gap-0.5 rounded-[12px] border border-line-strong/0 bg-toast p-1 ps-3.5 text-on-toast shadow-2 md:bottom-6 dark:border-line-strong"
    >
      <span aria-live="polite" className="me-1.5 text-s whitespace-nowrap tabular-nums">
        {tasks.length} picked
      </span>
      {isBin ? (
        <button type="button" className={buttonClass} onClick={run(actions.restore)}>
          <Undo size={16} aria-hidden /> <Word>Restore</Word>
        </button>
      ) : (
        <>
          <button type="button" className={buttonClass} onClick={run(actions.toggle)}>
            <Check size={16} aria-hidden /> <Word>{isDone ? 'Reopen' : 'Complete'}</Word>
          </button>
          <ListButton
            popoverLabel="Move to list"
            listId={null}
            className={buttonClass}
            onChoose={(list) => {
              actions.move(tasks, list.id, list.name)
              onDone()
            }}
          >
            <FolderInput size={16} aria-hidden /> <Word>Move</Word>
          </ListButton>
          <button type="button" className={buttonClass} onClick={run(actions.remove)}>
            <Trash size={16} aria-hidden /> <Word>Delete</Word>
          </button>
        </>
      )}
      <button type="button" aria-label="Pick none" className={`${buttonClass} !px-2`} onClick={onDone}>
        <X size={16} aria-hidden />
      </button>
    </div>
  )
}

/** A phone has no room for it beside the icon. */
function Word({ children }: { children: string }) {
  return <span className="max-sm:sr-only">{children}</span>
}
