import { useOpenTask } from '../edit-task/open-task.ts'
import { useShownTask } from '../tasks/use-shown-task.ts'

/** Says what was added, for as long as it is there: not once it was refused, undone or deleted. */
export function AddedNote({ taskId }: { taskId: string }) {
  const task = useShownTask(taskId)
  const { openTask } = useOpenTask()
  if (task?.deletedAt !== null) return null
  return (
    <p className="mt-1.5 flex gap-1.5 ps-7 text-xs text-ink-2">
      <span className="truncate">
        Added “<bdi>{task.title}</bdi>”.
      </span>
      <button
        type="button"
        onClick={() => openTask(task.id)}
        className="shrink-0 font-semibold text-accent-ink underline-offset-2 hover:underline"
      >
        Open
      </button>
    </p>
  )
}
