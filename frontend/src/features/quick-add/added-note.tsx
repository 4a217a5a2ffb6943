import { useOpenTask } from '../edit-task/open-task.ts'
import { useShownTask } from '../tasks/use-shown-task.ts'

/** Says what was added, for as long as it is there: not once it was refused, undone or deleted. */
export function AddedNote({ taskId }: { taskId: string | null }) {
  const task = useShownTask(taskId)
  const { openTask } = useOpenTask()
  const added = task?.deletedAt === null ? task : null
  return (
    <p role="status" className={added ? 'mt-1.5 flex gap-1.5 ps-7 text-xs text-ink-2' : 'sr-only'}>
      {added && (
        <>
          <span className="truncate">
            Added “<bdi>{added.title}</bdi>”.
          </span>
          <button
            type="button"
            onClick={() => openTask(added.id)}
            className="shrink-0 font-semibold text-accent-ink underline-offset-2 hover:underline"
          >
            Open
          </button>
        </>
      )}
    </p>
  )
}
