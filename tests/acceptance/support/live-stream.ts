import { pollUntil } from '@todo/platform/testing/poll-until'

/** A server-sent event as a browser sees it, and when it arrived (`performance.now()`). */
export interface LiveEvent {
  name: string
  id: string
  // Notices of every shape.
  data: any
  receivedAt: number
}

/** An open tab's live line, read with fetch as `EventSource` would (WHATWG HTML §9.2.6). */
export class LiveStream {
  readonly events: LiveEvent[] = []
  lastEventId: string
  isOver = false
  readonly #abort = new AbortController()

  private constructor(lastEventId = '') {
    this.lastEventId = lastEventId
  }

  /** Resolves when the server has greeted. */
  static async open(url: string, cookie: string, lastEventId?: string): Promise<LiveStream> {
    const stream = new LiveStream(lastEventId)
    const headers = { cookie, accept: 'text/event-stream', ...(lastEventId ? { 'last-event-id': lastEventId } : {}) }
    const response = await fetch(url, { headers, signal: stream.#abort.signal })
    const type = response.headers.get('content-type') ?? ''
    if (response.status !== 200 || !response.body || !type.startsWith('text/event-stream')) {
      throw new Error(`the stream answered ${response.status} ${type}: ${await response.text()}`)
    }
    void stream.#read(response.body)
    await stream.next(({ name }) => name === 'ready')
    return stream
  }

  /** The first event that fits, also one that has arrived already. */
  async next(fits: (event: LiveEvent) => boolean, timeoutMs = 5_000): Promise<LiveEvent> {
    return pollUntil(() => this.events.find(fits), { timeoutMs, intervalMs: 5, what: 'the live event' })
  }

  /** The notice of a task's version. */
  async changeOf(taskId: string, version: number): Promise<LiveEvent> {
    return this.next(({ name, data }) => name === 'task.changed' && data.taskId === taskId && data.version >= version)
  }

  close(): void {
    this.#abort.abort()
  }

  async #read(body: ReadableStream<Uint8Array>): Promise<void> {
    let buffer = ''
    try {
      for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
        buffer += chunk
        const frames = buffer.split('\n\n')
        buffer = frames.pop() ?? ''
        for (const frame of frames) this.#take(frame)
      }
    } catch {
      // The line broke, or we closed it: `isOver` says so.
    } finally {
      this.isOver = true
    }
  }

  #take(frame: string): void {
    const fields = frame.split('\n').map((line) => /^([a-z]*): ?(.*)$/.exec(line))
    const value = (name: string) => fields.find((field) => field?.[1] === name)?.[2]
    this.lastEventId = value('id') ?? this.lastEventId
    const data = value('data')
    if (data === undefined) return
    const name = value('event') ?? 'message'
    this.events.push({ name, id: this.lastEventId, data: JSON.parse(data), receivedAt: performance.now() })
  }
}
