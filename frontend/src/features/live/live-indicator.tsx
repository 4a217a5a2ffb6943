import CloudOff from 'lucide-react/icons/cloud-off'
import { useEffect, useState, useSyncExternalStore } from 'react'
import { useLiveState } from './live-state.ts'

const CALM_MS = 2_500

/** Says that changes do not arrive, once that has lasted for a moment, and until they do again. */
export function LiveIndicator() {
  const state = useLiveState()
  return (
    <span role="status" className="contents">
      {state !== 'live' && <Reconnecting />}
    </span>
  )
}

function Reconnecting() {
  const isOnline = useSyncExternalStore(watchOnline, () => navigator.onLine)
  const [isShown, setShown] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), CALM_MS)
    return () => clearTimeout(timer)
  }, [])
  if (!isShown) return null
  return (
    <span
      title="Changes from elsewhere do not arrive at the moment. This goes away by itself."
      className="flex shrink-0 animate-fade items-center gap-1.5 rounded-full bg-medium-soft px-2.5 py-1 text-xs font-medium text-medium-ink"
    >
      <CloudOff size={14} aria-hidden />
      <span className="max-sm:sr-only">{isOnline ? 'Reconnecting…' : 'Offline'}</span>
    </span>
  )
}

function watchOnline(onChange: () => void): () => void {
  window.addEventListener('online', onChange)
  window.addEventListener('offline', onChange)
  return () => {
    window.removeEventListener('online', onChange)
    window.removeEventListener('offline', onChange)
  }
}
