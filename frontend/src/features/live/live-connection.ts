import type { EventData } from '@todo/model/events'

export type TaskNotice = EventData<'task.changed'>
export type ViewNotice = EventData<'view.changed'>
export type LiveState = 'connecting' | 'live' | 'reconnecting'

export interface LiveListener {
  onTask: (notice: TaskNotice) => void
  onView: (notice: ViewNotice) => void
  /** Notices may have been missed: what is on screen has to be fetched afresh. */
  onGap: () => void
  onState: (state: LiveState) => void
  /** The stream was refused for good: the session may have ended. */
  onRefused: () => void
}

const RETRY_MS = [1_000, 2_000, 5_000, 10_000, 30_000] as const

/**
 * One stream of notices per tab. EventSource reconnects by itself and resumes after the last event; when it gives up,
 * a new one is opened, which cannot resume, so everything is fetched afresh. Answers what closes it.
 */
export function openLiveConnection(listener: LiveListener): () => void {
  let source: EventSource
  let timer: ReturnType<typeof setTimeout> | undefined
  let failures = 0
  // What changed between the first fetches and the first ready was not heard of either.
  let missedSome = true

  const open = () => {
    clearTimeout(timer)
    source = new EventSource('/api/v1/stream')
    source.addEventListener('ready', onReady)
    source.addEventListener('task.changed', (event) => listener.onTask(JSON.parse(event.data)))
    source.addEventListener('view.changed', (event) => listener.onView(JSON.parse(event.data)))
    source.addEventListener('reset', () => listener.onGap())
    source.addEventListener('error', onError)
  }
  const onReady = () => {
    failures = 0
    listener.onState('live')
    if (missedSome) listener.onGap()
    missedSome = false
  }
  const onError = () => {
    listener.onState('reconnecting')
    if (source.readyState !== EventSource.CLOSED) return
    missedSome = true
    listener.onRefused()
    timer = setTimeout(open, RETRY_MS[Math.min(failures++, RETRY_MS.length - 1)])
  }
  const onOnline = () => {
    if (source.readyState === EventSource.CLOSED) open()
  }

  listener.onState('connecting')
  window.addEventListener('online', onOnline)
  open()
  return () => {
    clearTimeout(timer)
    window.removeEventListener('online', onOnline)
    source.close()
  }
}
