import type { EventData } from '@todo/model/events'
import { EventStreamReader, type StreamEvent } from './event-stream.ts'

export type TaskNotice = EventData<'task.changed'>
export type ViewNotice = EventData<'view.changed'>
export type LiveState = 'connecting' | 'live' | 'reconnecting'

export interface LiveListener {
  onTask: (notice: TaskNotice) => void
  onView: (notice: ViewNotice) => void
  /** Notices may have been missed: what is on screen has to be fetched afresh. */
  onGap: () => void
  onState: (state: LiveState) => void
  /** The session has ended. */
  onRefused: () => void
}

/** The server beats every 15 s: a line without a byte for two beats, and a bit for the way, is dead. */
const SILENCE_MS = 35_000
const RETRY_MS = [1_000, 2_000, 5_000, 10_000] as const

/** Opens the one stream of notices of this tab; answers what closes it. */
export function openLiveConnection(listener: LiveListener): () => void {
  const connection = new LiveConnection(listener)
  const listeners = new AbortController()
  const options = { signal: listeners.signal }
  // The line of another network, or of none, does not always break: a new one shows how things are.
  window.addEventListener('offline', () => connection.open(), options)
  window.addEventListener('online', () => connection.open(), options)
  document.addEventListener('visibilitychange', () => document.hidden || connection.wake(), options)
  connection.open()
  return () => {
    listeners.abort()
    connection.close()
  }
}

/**
 * A stream that is read by hand, since an EventSource keeps the beats to itself: a line that dies without a word would
 * look alive forever. It resumes after the last event; where that cannot be told, everything is fetched afresh.
 */
class LiveConnection {
  readonly #listener: LiveListener
  #reader = new EventStreamReader()
  #line = new AbortController()
  #silence: ReturnType<typeof setTimeout> | undefined
  #retry: ReturnType<typeof setTimeout> | undefined
  #heardAt = 0
  #failures = 0
  #isLive = false
  // What changed between the first fetches and the first ready was not heard of either.
  #missedSome = true

  constructor(listener: LiveListener) {
    this.#listener = listener
    listener.onState('connecting')
  }

  /** Opens a line now, in the place of the one before. */
  open(): void {
    this.close()
    this.#line = new AbortController()
    this.#onHeard()
    void this.#read(this.#line.signal)
  }

  /** The page is seen again: while it slept no timer ran. */
  wake(): void {
    if (Date.now() - this.#heardAt >= SILENCE_MS) this.#onSilence()
    else if (!this.#isLive) this.open()
  }

  close(): void {
    clearTimeout(this.#retry)
    clearTimeout(this.#silence)
    this.#line.abort()
  }

  async #read(signal: AbortSignal): Promise<void> {
    try {
      const text = await this.#ask(signal)
      for (;;) {
        const { done, value } = await text.read()
        if (done || signal.aborted) break
        this.#onHeard()
        for (const event of this.#reader.push(value)) this.#onEvent(event)
      }
    } catch {
      // However it broke: it is opened again.
    }
    if (!signal.aborted) this.#onBroken()
  }

  async #ask(signal: AbortSignal): Promise<ReadableStreamDefaultReader<string>> {
    const { lastEventId } = this.#reader
    const headers = { accept: 'text/event-stream', ...(lastEventId && { 'last-event-id': lastEventId }) }
    const response = await fetch('/api/v1/stream', { headers, signal, cache: 'no-store', priority: 'low' })
    if (response.status === 401) this.#listener.onRefused()
    if (!response.ok || !response.body) throw new Error(`The stream was answered with ${response.status}`)
    return response.body.pipeThrough(new TextDecoderStream()).getReader()
  }

  #onEvent({ type, data }: StreamEvent): void {
    if (type === 'ready') this.#onReady()
    if (type === 'task.changed') this.#listener.onTask(JSON.parse(data))
    if (type === 'view.changed') this.#listener.onView(JSON.parse(data))
    if (type === 'reset') this.#listener.onGap()
  }

  #onReady(): void {
    this.#failures = 0
    this.#setLive(true)
    if (this.#missedSome) this.#listener.onGap()
    this.#missedSome = false
  }

  #onHeard(): void {
    this.#heardAt = Date.now()
    clearTimeout(this.#silence)
    this.#silence = setTimeout(() => this.#onSilence(), SILENCE_MS)
  }

  /** What was sent into a dead line is not known: the new one begins from now, after a look at everything. */
  #onSilence(): void {
    this.#setLive(false)
    this.#missedSome = true
    this.#reader = new EventStreamReader()
    this.open()
  }

  #onBroken(): void {
    clearTimeout(this.#silence)
    this.#setLive(false)
    const delayMs = RETRY_MS[Math.min(this.#failures++, RETRY_MS.length - 1)] ?? 0
    // Spread, so that a server that comes back is not asked by everybody at once.
    this.#retry = setTimeout(() => this.open(), delayMs * (0.8 + Math.random() * 0.4))
  }

  #setLive(isLive: boolean): void {
    this.#isLive = isLive
    this.#listener.onState(isLive ? 'live' : 'reconnecting')
  }
}
