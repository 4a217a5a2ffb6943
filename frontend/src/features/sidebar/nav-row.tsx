import { Link, type LinkProps } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { classNames } from '../../ui/class-names.ts'

interface NavRowProps {
  to: LinkProps['to']
  params?: Record<string, string>
  search?: Record<string, string>
  icon: ReactNode
  label: string
  count?: number | undefined
  /** Said instead of the bare number: `7 to do, 2 overdue`. */
  countLabel?: string
  isLate?: boolean
  menu?: ReactNode
  onNavigate?: (() => void) | undefined
}

/** A line of the sidebar: a place to go, how much waits there, and what can be done with it. */
export function NavRow({ to, params, search, icon, label, count, countLabel, isLate, menu, onNavigate }: NavRowProps) {
  return (
    <div className="group relative">
      <Link
        {...({ to, params, search: search ?? {} } as LinkProps)}
        activeOptions={{ includeSearch: false }}
        activeProps={{
          className: 'bg-surface !text-ink shadow-1 in-data-modal:bg-hover [&>svg]:text-accent',
          'aria-current': 'page',
        }}
        onClick={onNavigate}
        className="flex min-h-8 items-center gap-2.5 rounded-control px-2 py-1 text-s font-medium text-ink-2 transition-colors hover:bg-hover hover:text-ink pointer-coarse:min-h-10 [&>svg]:size-4 [&>svg]:shrink-0"
      >
        {icon}
        <span className="min-w-0 flex-1 truncate">
          <bdi>{label}</bdi>
        </span>
        {count !== undefined && count > 0 && (
          <span
            className={classNames(
              'text-xs font-medium tabular-nums',
              isLate ? 'text-high-ink' : 'text-ink-3',
              menu && 'mouse:group-focus-within:opacity-0 mouse:group-hover:opacity-0 pointer-coarse:me-8',
            )}
          >
            <span aria-hidden>{count}</span>
            <span className="sr-only">{countLabel ?? `${count} open`}</span>
          </span>
        )}
      </Link>
      {menu && (
        <span className="absolute end-1 top-1/2 -translate-y-1/2 transition-opacity mouse:opacity-0 mouse:group-focus-within:opacity-100 mouse:group-hover:opacity-100 mouse:has-[[aria-expanded=true]]:opacity-100">
          {menu}
        </span>
      )}
    </div>
  )
}

export function NavSection({ title, action, children }: { title: string; action?: ReactNode; children: ReactNode }) {
  return (
    <section className="grid grid-cols-[minmax(0,1fr)] gap-px">
      <div className="mb-1 flex h-6 items-center justify-between ps-2 pe-1">
        <h2 className="text-xs font-semibold text-ink-3">{title}</h2>
        {action}
      </div>
      {children}
    </section>
  )
}
