import type { Priority } from '@todo/model/task'
import Check from 'lucide-react/icons/check'
import { classNames } from '../../ui/class-names.ts'

const TONES: Readonly<Record<Priority, string>> = {
  high: 'border-high bg-high-soft text-high-ink',
  medium: 'border-control text-ink-3',
  low: 'border-control text-ink-3',
}

interface TaskCheckboxProps {
  title: string
  priority: Priority
  isDone: boolean
  isDisabled?: boolean
  tabIndex?: number
  onToggle: () => void
}

/** The tick: red where the priority is high, with a target that a thumb finds. */
export function TaskCheckbox({ title, priority, isDone, isDisabled, tabIndex, onToggle }: TaskCheckboxProps) {
  return (
    <button
      type="button"
      role="checkbox"
      aria-checked={isDone}
      aria-label={isDone ? `Reopen ${title}` : `Complete ${title}`}
      disabled={isDisabled}
      tabIndex={tabIndex}
      onClick={(event) => {
        event.stopPropagation()
        onToggle()
      }}
      className="group/tick relative mt-px size-5 shrink-0 rounded-[7px] before:absolute before:-inset-2.5 disabled:opacity-50"
    >
      <span
        className={classNames(
          'grid size-5 place-items-center rounded-[7px] border-[1.8px] transition-[background-color,border-color,scale] duration-150 group-active/tick:scale-90',
          isDone ? 'border-accent bg-accent text-on-accent' : TONES[priority],
        )}
      >
        <Check
          size={13}
          strokeWidth={3}
          aria-hidden
          className={classNames(
            'transition-[color,scale] duration-150',
            !isDone && 'text-transparent mouse:group-hover/tick:text-ink-3',
          )}
        />
      </span>
    </button>
  )
}
