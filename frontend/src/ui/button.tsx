import type { ComponentProps, ReactNode } from 'react'
import { classNames } from './class-names.ts'

const VARIANTS = {
  primary: 'bg-accent text-on-accent border-transparent hover:bg-accent-strong',
  secondary: 'bg-surface border-line-strong text-ink hover:bg-hover',
  ghost: 'border-transparent text-ink-2 hover:bg-hover hover:text-ink',
  danger: 'bg-high-soft text-high-ink border-transparent hover:bg-high hover:text-surface dark:hover:text-sunken',
} as const

interface ButtonProps extends ComponentProps<'button'> {
  variant?: keyof typeof VARIANTS
  icon?: ReactNode
  isBusy?: boolean
}

/** A busy one keeps the focus, which a disabled one would lose, and does nothing. */
export function Button({ variant = 'secondary', icon, isBusy, className, children, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      aria-busy={isBusy || undefined}
      aria-disabled={isBusy || undefined}
      {...(isBusy && { onClick: (event) => event.preventDefault() })}
      className={buttonClass(variant, className)}
    >
      {icon}
      {children}
    </button>
  )
}

/** For a link that looks like one. */
export function buttonClass(variant: keyof typeof VARIANTS, className?: string): string {
  return classNames(
    'inline-flex min-h-9 pointer-coarse:min-h-10 items-center justify-center gap-2 rounded-control border px-3.5 py-1.5 text-s font-semibold transition-colors duration-100',
    'disabled:pointer-events-none disabled:opacity-55 aria-disabled:pointer-events-none aria-disabled:opacity-55',
    VARIANTS[variant],
    className,
  )
}
