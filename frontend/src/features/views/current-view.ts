import { useLocation } from '@tanstack/react-router'
import { useMemo } from 'react'
import { type View, viewOfPath } from './view.ts'

/** The view on screen; null where it is none, such as in the settings. */
export function useCurrentView(): View | null {
  const pathname = useLocation({ select: (location) => location.pathname })
  return useMemo(() => viewOfPath(pathname), [pathname])
}
