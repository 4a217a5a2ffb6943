import type { Priority } from '@todo/model/task'
import Flag from 'lucide-react/icons/flag'
import type { ComponentProps } from 'react'
import { classNames } from '../../ui/class-names.ts'
import { PRIORITY_NAMES } from './priority.ts'

const TONES: Readonly<Record<Priority, string>> = {
  high: 'bg-high-soft text-high-ink',
  medium: 'bg-medium-soft text-medium-ink',
  low: 'bg-low-soft text-low-ink',
}

interface PriorityBadgeProps extends ComponentProps<'button'> {
  priority: Priority
}

/** Colour, icon and word; a click offers the others. */
export function PriorityBadge({ priority, className, ...rest }: PriorityBadgeProps) {
  return (
    <button
      type="button"
      aria-haspopup="menu"
      aria-label={`Priority ${PRIORITY_NAMES[priority]}`}
      {...rest}
      className={classNames(
        'inline-flex items-center gap-1.5 rounded-control px-2 py-0.5 text-xs font-semibold pointer-coarse:py-1',
        TONES[priority],
        className,
      )}
    >
      <Flag size={12} aria-hidden strokeWidth={2.2} />
      {PRIORITY_NAMES[priority]}
    </button>
  )
}
