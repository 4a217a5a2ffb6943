import type { Task } from '@todo/model/task'
import { Segmented } from '../../ui/segmented.tsx'
import { scopeOf } from './change-scope.ts'
import type { TaskDraftHandle } from './use-task-draft.ts'

/** Whether what was changed is for this occurrence only. Shown where that is a question. */
export function ScopeChoice({ task, handle }: { task: Task; handle: TaskDraftHandle }) {
  const { isOffered, scope } = scopeOf(task, handle.changed, handle.scope)
  if (!isOffered) return null
  return (
    <div className="grid items-center gap-2 border-t border-line px-5 py-3 sm:grid-cols-[7rem_minmax(0,1fr)]">
      <span aria-hidden className="text-s text-ink-2">
        Change
      </span>
      <Segmented
        label="What the change is for"
        value={scope ?? ''}
        options={[
          { value: 'this', label: 'Only this one' },
          { value: 'following', label: 'All that follow too' },
        ]}
        onChange={(next) => next !== '' && handle.setScope(next)}
      />
    </div>
  )
}
