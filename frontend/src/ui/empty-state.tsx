import type { ReactNode } from 'react'

interface EmptyStateProps {
  icon: ReactNode
  title: string
  children?: ReactNode
  action?: ReactNode
}

export function EmptyState({ icon, title, children, action }: EmptyStateProps) {
  return (
    <div className="mx-auto grid max-w-sm justify-items-center gap-2 px-4 py-14 text-center">
      <span aria-hidden className="mb-2 grid size-12 place-items-center rounded-sheet bg-accent-soft text-accent-ink">
        {icon}
      </span>
      <p className="text-l font-semibold tracking-tight">{title}</p>
      {children && <div className="text-s text-pretty text-ink-2">{children}</div>}
      {action && <div className="mt-3">{action}</div>}
    </div>
  )
}
