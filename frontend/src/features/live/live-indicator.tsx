import CloudOff from 'lucide-react/icons/cloud-off'
import { useEffect, useState } from 'react'
import { useLiveState } from './live-state.ts'

const CALM_MS = 2_500

/** Says that changes do not arrive, once that has lasted for a moment. */
export function LiveIndicator() {
  const state = useLiveState()
  return (
    <span role="status" className="contents">
      {state !== 'live' && <Reconnecting />}
    </span>
  )
}

function Reconnecting() {
  const [isShown, setShown] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), CALM_MS)
    return () => clearTimeout(timer)
  }, [])
  if (!isShown) return null
  return (
    <span className="flex shrink-0 animate-fade items-center gap-1.5 rounded-full bg-medium-soft px-2.5 py-1 text-xs font-medium text-medium-ink">
      <CloudOff size={14} aria-hidden />
      <span className="max-sm:sr-only">Reconnecting…</span>
    </span>
  )
}
