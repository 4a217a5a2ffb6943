import type { Subtask } from '@todo/model/task'
import ArrowDown from 'lucide-react/icons/arrow-down'
import ArrowUp from 'lucide-react/icons/arrow-up'
import Plus from 'lucide-react/icons/plus'
import X from 'lucide-react/icons/x'
import { type ReactNode, useRef, useState } from 'react'
import { newId } from '../../api/new-id.ts'
import { classNames } from '../../ui/class-names.ts'
import { TaskCheckbox } from '../tasks/task-checkbox.tsx'

const MOST = 200

interface SubtasksFieldProps {
  value: readonly Subtask[]
  onChange: (subtasks: Subtask[]) => void
}

/** The steps of a task: check, rename, reorder, delete; Enter adds the next one. */
export function SubtasksField({ value, onChange }: SubtasksFieldProps) {
  const list = useRef<HTMLUListElement>(null)
  const done = value.filter((subtask) => subtask.completedAt).length
  const swap = (index: number, by: number) => {
    const moved = value[index]
    const other = value[index + by]
    if (!moved || !other) return
    onChange(value.with(index, other).with(index + by, moved))
    requestAnimationFrame(() => list.current?.querySelectorAll('input')[index + by]?.focus())
  }
  return (
    <div>
      {value.length > 0 && (
        <>
          <Progress done={done} total={value.length} />
          <ul ref={list} aria-label="Subtasks">
            {value.map((subtask, index) => (
              <SubtaskLine
                key={subtask.id}
                subtask={subtask}
                name={`Subtask ${index + 1}`}
                onChange={(next) => onChange(value.with(index, next))}
                onRemove={() => onChange(value.toSpliced(index, 1))}
                onMoveUp={index > 0 ? () => swap(index, -1) : null}
                onMoveDown={index < value.length - 1 ? () => swap(index, 1) : null}
              />
            ))}
          </ul>
        </>
      )}
      {value.length < MOST && (
        <NewSubtask onAdd={(title) => onChange([...value, { id: newId(), title, completedAt: null }])} />
      )}
    </div>
  )
}

function Progress({ done, total }: { done: number; total: number }) {
  return (
    <div className="mb-1 flex h-9 items-center gap-2 text-xs text-ink-2">
      <div
        role="progressbar"
        aria-label="Subtasks done"
        aria-valuenow={done}
        aria-valuemin={0}
        aria-valuemax={total}
        className="h-1.5 flex-1 overflow-hidden rounded-full bg-line"
      >
        <div
          className="h-full rounded-full bg-accent transition-[width] duration-200"
          style={{ width: `${(100 * done) / total}%` }}
        />
      </div>
      <span className="tabular-nums">
        {done} of {total}
      </span>
    </div>
  )
}

interface SubtaskLineProps {
  subtask: Subtask
  name: string
  onChange: (subtask: Subtask) => void
  onRemove: () => void
  onMoveUp: (() => void) | null
  onMoveDown: (() => void) | null
}

function SubtaskLine({ subtask, name, onChange, onRemove, onMoveUp, onMoveDown }: SubtaskLineProps) {
  const { title, completedAt } = subtask
  return (
    <li className="group flex min-h-9 items-center gap-2.5">
      <TaskCheckbox
        title={title}
        priority="low"
        isDone={completedAt !== null}
        onToggle={() => onChange({ ...subtask, completedAt: completedAt ? null : new Date().toISOString() })}
      />
      <input
        aria-label={name}
        value={title}
        dir="auto"
        maxLength={500}
        onChange={(event) => onChange({ ...subtask, title: event.target.value })}
        onBlur={() => title.trim() === '' && onRemove()}
        onKeyDown={(event) => {
          if (event.altKey && event.key === 'ArrowUp') onMoveUp?.()
          if (event.altKey && event.key === 'ArrowDown') onMoveDown?.()
        }}
        className={classNames(
          'min-h-8 min-w-0 flex-1 rounded-control bg-transparent px-1.5 text-s hover:bg-sunken focus-visible:bg-sunken',
          completedAt && 'text-ink-3 line-through',
        )}
      />
      <span className="flex transition-opacity mouse:opacity-0 mouse:group-focus-within:opacity-100 mouse:group-hover:opacity-100">
        {onMoveUp && <LineButton label={`Move ${title} up`} icon={<ArrowUp size={14} />} onClick={onMoveUp} />}
        {onMoveDown && <LineButton label={`Move ${title} down`} icon={<ArrowDown size={14} />} onClick={onMoveDown} />}
        <LineButton label={`Delete ${title}`} icon={<X size={14} />} onClick={onRemove} />
      </span>
    </li>
  )
}

function LineButton({ label, icon, onClick }: { label: string; icon: ReactNode; onClick: () => void }) {
  return (
    <button
      type="button"
      aria-label={label}
      onClick={onClick}
      className="grid size-7 place-items-center rounded-control text-ink-3 hover:bg-hover hover:text-ink pointer-coarse:size-9"
    >
      {icon}
    </button>
  )
}

function NewSubtask({ onAdd }: { onAdd: (title: string) => void }) {
  const [title, setTitle] = useState('')
  const add = () => {
    if (title.trim() === '') return
    onAdd(title.trim())
    setTitle('')
  }
  return (
    <div className="flex min-h-9 items-center gap-2.5 text-ink-3">
      <Plus size={16} aria-hidden className="mx-0.5 shrink-0" />
      <input
        aria-label="New subtask"
        placeholder="Add a subtask"
        value={title}
        dir="auto"
        maxLength={500}
        onChange={(event) => setTitle(event.target.value)}
        onBlur={add}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.metaKey || event.ctrlKey || event.nativeEvent.isComposing) return
          event.preventDefault()
          add()
        }}
        className="min-h-8 min-w-0 flex-1 rounded-control bg-transparent px-1.5 text-s text-ink hover:bg-sunken focus-visible:bg-sunken"
      />
    </div>
  )
}
