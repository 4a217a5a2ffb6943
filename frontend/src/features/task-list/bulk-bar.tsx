import type { Task } from '@todo/model/task'
import Check from 'lucide-react/icons/check'
import FolderInput from 'lucide-react/icons/folder-input'
import Trash from 'lucide-react/icons/trash-2'
import Undo from 'lucide-react/icons/undo-2'
import X from 'lucide-react/icons/x'
import { ListButton } from '../lists/list-button.tsx'
import { useTaskActions } from '../tasks/task-actions.ts'
import { BulkFields } from './bulk-fields.tsx'

const buttonClass =
  'inline-flex min-h-9 items-center justify-center gap-2 rounded-control px-2.5 text-s font-semibold hover:bg-[oklch(1_0_0/0.12)] focus-visible:outline-toast-accent aria-expanded:bg-[oklch(1_0_0/0.12)] max-md:min-h-13 max-md:flex-1 max-md:basis-13 max-md:flex-col max-md:gap-1 max-md:px-0 max-md:text-2xs [&>svg]:size-4 max-md:[&>svg]:size-5'

interface BulkBarProps {
  tasks: readonly Task[]
  /** The rest of the list is still being fetched, and picked. */
  isGrowing: boolean
  onDone: () => void
}

/** What can be done with the tasks that are picked. On a phone it takes the place of the bottom bar, and looks like it. */
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
      className="fixed inset-x-0 bottom-0 z-31 flex animate-rise flex-wrap items-center gap-x-0.5 rounded-t-sheet border border-line-strong/0 bg-toast p-1 pb-[calc(4px+env(safe-area-inset-bottom))] text-on-toast shadow-2 md:bottom-6 md:mx-auto md:w-fit md:rounded-[12px] md:pb-1 dark:border-line-strong"
    >
      <span aria-live="polite" className="me-1.5 ms-2.5 text-s whitespace-nowrap tabular-nums max-md:flex-1">
        {tasks.length}
        {isGrowing && '…'} picked
      </span>
      <span
        inert={isGrowing}
        className="flex items-center gap-x-0.5 transition-opacity inert:opacity-50 max-md:order-last max-md:w-full max-md:flex-wrap"
      >
        {isBin ? (
          <button type="button" className={buttonClass} onClick={run(actions.restore)}>
            <Undo aria-hidden /> Restore
          </button>
        ) : (
          <>
            <button type="button" className={buttonClass} onClick={run(actions.toggle)}>
              <Check aria-hidden /> {isDone ? 'Reopen' : 'Complete'}
            </button>
            <BulkFields tasks={tasks} buttonClass={buttonClass} />
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
              <FolderInput aria-hidden /> Move
            </ListButton>
            <button type="button" className={buttonClass} onClick={run(actions.remove)}>
              <Trash aria-hidden /> Delete
            </button>
          </>
        )}
      </span>
      <button
        type="button"
        aria-label="Pick none"
        className={`${buttonClass} !px-2 max-md:min-h-11! max-md:flex-none max-md:basis-11!`}
        onClick={onDone}
      >
        <X aria-hidden />
      </button>
    </div>
  )
}
