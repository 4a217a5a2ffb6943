import ChevronRight from 'lucide-react/icons/chevron-right'
import { classNames } from '../../ui/class-names.ts'
import { Skeleton } from '../../ui/skeleton.tsx'
import type { View } from '../views/view.ts'
import type { ListItem } from './list-items.ts'
import { TaskRow } from './task-row.tsx'

interface ListLineProps {
  item: ListItem
  view: View
  isManual: boolean
  cursor: string | null
  selected: ReadonlySet<string>
  renaming: string | null
  onToggleCompleted: () => void
}

export function ListLine({ item, view, isManual, cursor, selected, renaming, onToggleCompleted }: ListLineProps) {
  if (item.kind === 'header') {
    const { key: _, ...header } = item
    return <GroupHeader {...header} />
  }
  if (item.kind === 'more') return <MoreRows />
  if (item.kind === 'completed-toggle') {
    const { key: _, ...toggle } = item
    return <CompletedToggle {...toggle} onToggle={onToggleCompleted} />
  }
  const { task } = item
  return (
    <TaskRow
      task={task}
      isCursor={cursor === task.id}
      isSelected={selected.has(task.id)}
      isRenaming={renaming === task.id}
      isManual={isManual}
      showsList={view.kind !== 'list' && view.kind !== 'inbox'}
      headerDay={item.day ?? null}
    />
  )
}

function GroupHeader({ name, note, count, isLate }: Omit<Extract<ListItem, { kind: 'header' }>, 'key'>) {
  return (
    <h2 className="flex items-baseline gap-2 px-1 pt-6 pb-1 text-s leading-[1.1875rem] font-[640]">
      <span className={classNames(isLate && 'text-high-ink')}>{name}</span>
      {note && <span className="font-normal text-ink-2">{note}</span>}
      <span className="font-medium text-ink-3">
        <span aria-hidden>{count}</span>
        <span className="sr-only">{count === 1 ? '1 task' : `${count} tasks`}</span>
      </span>
    </h2>
  )
}

interface CompletedToggleProps extends Omit<Extract<ListItem, { kind: 'completed-toggle' }>, 'key'> {
  onToggle: () => void
}

function CompletedToggle({ count, hasMore, isShown, onToggle }: CompletedToggleProps) {
  return (
    <div className="pt-5 pb-1">
      <button
        type="button"
        aria-expanded={isShown}
        onClick={onToggle}
        className="inline-flex min-h-8 items-center gap-1.5 rounded-control pe-2 pointer-coarse:min-h-10 text-s font-medium text-ink-2 hover:text-ink"
      >
        <ChevronRight size={15} aria-hidden className={classNames('transition-transform', isShown && 'rotate-90')} />
        {isShown ? 'Hide completed' : 'Show completed'}
        <span className="text-ink-3 tabular-nums">
          {count}
          {hasMore && '+'}
        </span>
      </button>
    </div>
  )
}

function MoreRows() {
  return (
    <div role="status" aria-label="Loading more tasks" className="grid gap-6 px-1 py-4">
      {Array.from({ length: 3 }, (_, index) => (
        <Skeleton key={index} className="h-5 w-2/5" />
      ))}
    </div>
  )
}
