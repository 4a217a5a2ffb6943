import type { ReactNode } from 'react'

export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="inline-grid min-w-5 place-items-center rounded-tiny border border-line-strong bg-surface px-1 font-sans text-2xs leading-[1.125rem] font-medium text-ink-2">
      {children}
    </kbd>
  )
}
