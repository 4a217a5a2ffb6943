import type { ComponentProps } from 'react'
import { classNames } from './class-names.ts'

interface IconButtonProps extends ComponentProps<'button'> {
  /** Its accessible name, and the tip on hover. */
  label: string
  tip?: string
  tipSide?: 'end'
}

export function IconButton({ label, tip, tipSide, className, children, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      data-tip={tip ?? label}
      data-tip-side={tipSide}
      {...rest}
      className={classNames(
        'tip inline-grid size-9 pointer-coarse:size-10 shrink-0 place-items-center rounded-card text-ink-2 transition-colors duration-100 hover:bg-hover hover:text-ink aria-expanded:bg-hover aria-expanded:text-ink disabled:pointer-events-none disabled:opacity-45',
        className,
      )}
    >
      {children}
    </button>
  )
}
