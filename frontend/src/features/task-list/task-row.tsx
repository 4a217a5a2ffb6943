import type { Task } from '@todo/model/task'
import BellPlus from 'lucide-react/icons/bell-plus'
import CalendarPlus from 'lucide-react/icons/calendar-plus'
import Ellipsis from 'lucide-react/icons/ellipsis'
import GripVertical from 'lucide-react/icons/grip-vertical'
import Pencil from 'lucide-react/icons/pencil'
import Repeat from 'lucide-react/icons/repeat'
import Undo from 'lucide-react/icons/undo-2'
import { memo, type MouseEvent } from 'react'
import { classNames } from '../../ui/class-names.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { TaskCheckbox } from '../tasks/task-checkbox.tsx'
import { PriorityBadge } from '../tasks/priority-badge.tsx'
import { RowMeta } from './row-meta.tsx'
import { RowTitle } from './row-title.tsx'
import { useRowActions } from './row-actions.ts'
import type { RowEditorKind } from './row-editor.tsx'

export interface TaskRowProps {
  task: Task
  isCursor: boolean
  isSelected: boolean
  isRenaming: boolean
  isManual: boolean
  /** The list of the task, where the view shows several. */
  showsList: boolean
  /** The day that the header above says already. */
  headerDay: string | null
}

/** One task: everything that matters about it at a glance, and all of it to be changed where it stands. */
export const TaskRow = memo(function TaskRow(props: TaskRowProps) {
  const { task, isCursor, isSelected, isRenaming, isManual, showsList, headerDay } = props
  const actions = useRowActions()
  const isDone = task.completedAt !== null
  const isDeleted = task.deletedAt !== null
  const tabIndex = isCursor ? 0 : -1
  return (
    <div
      data-task={task.id}
      className={classNames(
        'relative grid grid-cols-[20px_minmax(0,1fr)_auto] gap-x-3 py-[11px] shadow-[inset_0_-1px_var(--line)] ps-1 pe-2 transition-colors duration-75 pointer-coarse:pe-0',
        // Under a thumb the grip has a place of its own: beside the page is where the system's gestures are.
        isManual && 'pointer-coarse:ps-7',
        isSelected ? 'bg-accent-soft' : 'mouse:hover:bg-surface has-data-open:bg-surface',
        isCursor &&
          !isSelected &&
          'has-[:focus-visible]:bg-surface has-[[data-row-title]:focus-visible]:rounded-control has-[[data-row-title]:focus-visible]:outline-2 has-[[data-row-title]:focus-visible]:outline-offset-0 has-[[data-row-title]:focus-visible]:outline-focus',
      )}
    >
      {isManual && !isDone && (
        <span aria-hidden data-grip onPointerDown={(event) => actions.startDrag(task, event)} className="row-grip">
          <GripVertical size={14} />
        </span>
      )}
      <TaskCheckbox
        title={task.title}
        priority={task.priority}
        isDone={isDone}
        isDisabled={isDeleted}
        tabIndex={tabIndex}
        onToggle={() => actions.toggle(task)}
      />
      <RowTitle task={task} isRenaming={isRenaming} tabIndex={tabIndex} />
      <div className="-my-0.5 flex h-6 items-center gap-0.5 self-start pointer-coarse:relative pointer-coarse:z-[1] pointer-coarse:-ms-3 pointer-coarse:gap-0">
        {!isRenaming && (
          // In a place of their own, seen or not: over the title they would hide its end. Under a thumb they are wider
          // than what is seen of them, and begin where the title ends.
          <span className="row-tools flex">
            <RowTools task={task} tabIndex={tabIndex} />
          </span>
        )}
        <PriorityBadge
          priority={task.priority}
          tabIndex={tabIndex}
          data-part="priority"
          onClick={(event) => actions.edit('priority', task, event.currentTarget)}
        />
      </div>
      <RowMeta task={task} showsList={showsList} headerDay={headerDay} tabIndex={tabIndex} />
    </div>
  )
})

const toolClass = '!size-7 !rounded-control [&_svg]:size-[15px] pointer-coarse:!size-10'

/** Where there is little room the title needs it more, and the menu has the same. */
const roomyOnly = 'max-md:hidden pointer-coarse:hidden'

function RowTools({ task, tabIndex }: { task: Task; tabIndex: number }) {
  const actions = useRowActions()
  const tool = (className: string) => ({ tabIndex, className: `${toolClass} ${className}` })
  /** Opens what sets a field that the row does not show yet. */
  const setter = (part: Exclude<RowEditorKind, 'more'>) => ({
    ...tool(roomyOnly),
    'data-part': part,
    'aria-haspopup': 'dialog' as const,
    onClick: (event: MouseEvent<HTMLButtonElement>) => actions.edit(part, task, event.currentTarget),
  })
  if (task.deletedAt !== null) {
    return (
      <IconButton label={`Restore ${task.title}`} tip="Restore" {...tool('')} onClick={() => actions.restore(task)}>
        <Undo />
      </IconButton>
    )
  }
  return (
    <>
      <IconButton
        label={`Rename ${task.title}`}
        tip="Rename F2"
        {...tool(roomyOnly)}
        onClick={() => actions.startRename(task)}
      >
        <Pencil />
      </IconButton>
      {!task.due && (
        <IconButton label={`Set a due date for ${task.title}`} tip="Due D" {...setter('due')}>
          <CalendarPlus />
        </IconButton>
      )}
      {task.due && !task.recurrence && (
        <IconButton label={`Repeat ${task.title}`} tip="Recurrence R" {...setter('recurrence')}>
          <Repeat />
        </IconButton>
      )}
      {task.due && task.reminders.length === 0 && !task.completedAt && (
        <IconButton label={`Set a reminder for ${task.title}`} tip="Reminders B" {...setter('reminders')}>
          <BellPlus />
        </IconButton>
      )}
      <IconButton
        label={`More for ${task.title}`}
        tip="More"
        tipSide="end"
        {...tool('mouse:me-1')}
        data-part="more"
        aria-haspopup="menu"
        onClick={(event) => actions.edit('more', task, event.currentTarget)}
      >
        <Ellipsis />
      </IconButton>
    </>
  )
}
