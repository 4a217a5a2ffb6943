import type { Priority } from '@todo/model/task'
import Flag from 'lucide-react/icons/flag'
import type { ComponentProps } from 'react'
import { classNames } from '../../ui/class-names.ts'
import { PRIORITY_NAMES } from './priority.ts'

const TONES: Readonly<Record<Priority, string>> = {
  high: 'bg-high-soft text-high-ink',
  medium: 'text-medium hover:bg-hover aria-expanded:bg-hover',
  low: 'text-low-ink hover:bg-hover aria-expanded:bg-hover',
}

interface PriorityBadgeProps extends ComponentProps<'button'> {
  priority: Priority
}

/** High stands out, Low is a word, and Medium, which most tasks have, only a flag. A click offers the others. */
export function PriorityBadge({ priority, className, ...rest }: PriorityBadgeProps) {
  const name = PRIORITY_NAMES[priority]
  return (
    <button
      type="button"
      aria-haspopup="menu"
      aria-label={`Priority ${name}`}
      data-tip={`${name} priority P`}
      data-tip-side="end"
      {...rest}
      className={classNames(
        'tip inline-flex min-h-6 min-w-6 items-center gap-1.5 rounded-control px-2 py-0.5 text-xs font-semibold transition-colors pointer-coarse:min-h-7 pointer-coarse:min-w-10 pointer-coarse:justify-center thumb-y-6',
        TONES[priority],
        className,
      )}
    >
      <Flag size={12} aria-hidden strokeWidth={2.2} />
      {priority !== 'medium' && name}
    </button>
  )
}
