import type { ReactNode } from 'react'

interface EmptyStateProps {
  icon: ReactNode
  title: string
  /** Where it is all that the page has to say, its title is the page's. */
  isPage?: boolean
  children?: ReactNode
  action?: ReactNode
}

export function EmptyState({ icon, title, isPage = false, children, action }: EmptyStateProps) {
  const Title = isPage ? 'h1' : 'p'
  return (
    <div className="mx-auto grid max-w-sm justify-items-center gap-2 px-4 py-14 text-center">
      <span aria-hidden className="mb-2 grid size-12 place-items-center rounded-sheet bg-accent-soft text-accent-ink">
        {icon}
      </span>
      <Title className="text-l font-semibold tracking-tight">{title}</Title>
      {children && <div className="text-s text-balance text-ink-2">{children}</div>}
      {action && <div className="mt-3">{action}</div>}
    </div>
  )
}
