import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type LiveListener, openLiveConnection } from '../src/features/live/live-connection.ts'

const READY = 'id: a-1\nevent: ready\ndata: {"id":"a-1"}\n\n'
const BEAT_MS = 15_000

/** The server's side of one line. */
class Line {
  readonly headers: Headers
  readonly signal: AbortSignal
  status = 200
  #answer: (response: Response) => void = () => {}
  #body!: ReadableStreamDefaultController<Uint8Array>
  readonly answered = new Promise<Response>((resolve) => (this.#answer = resolve))

  constructor({ headers, signal }: RequestInit) {
    this.headers = new Headers(headers)
    this.signal = signal!
  }

  answer(status = 200): this {
    const body = new ReadableStream<Uint8Array>({ start: (controller) => void (this.#body = controller) })
    this.#answer(new Response(body, { status }))
    return this
  }

  async send(text: string): Promise<void> {
    this.#body.enqueue(new TextEncoder().encode(text))
    await vi.advanceTimersByTimeAsync(1)
  }

  async end(): Promise<void> {
    this.#body.close()
    await vi.advanceTimersByTimeAsync(1)
  }
}

describe('the live connection', () => {
  let lines: Line[]
  let said: string[]
  let close: () => void
  let page: EventTarget & { hidden: boolean }

  beforeEach(() => {
    vi.useFakeTimers()
    lines = []
    said = []
    page = Object.assign(new EventTarget(), { hidden: false })
    vi.stubGlobal('window', new EventTarget())
    vi.stubGlobal('document', page)
    vi.stubGlobal('fetch', (_url: string, init: RequestInit) => {
      const line = new Line(init)
      lines.push(line)
      return line.answered
    })
    const listener: LiveListener = {
      onTask: ({ taskId }) => said.push(`task ${taskId}`),
      onView: ({ resource }) => said.push(`view ${resource}`),
      onGap: () => said.push('gap'),
      onState: (state) => said.push(state),
      onRefused: () => said.push('refused'),
    }
    close = openLiveConnection(listener)
  })
  afterEach(() => {
    close()
    vi.unstubAllGlobals()
    vi.useRealTimers()
  })

  const latest = () => lines.at(-1)!
  const goLive = () => latest().answer().send(READY)
  const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms)

  test('fetches everything once when it is live, and passes notices on', async () => {
    await goLive()
    await latest().send('id: a-2\nevent: task.changed\ndata: {"taskId":"t"}\n\n')
    await latest().send('id: a-3\nevent: view.changed\ndata: {"resource":"lists"}\n\n')
    await latest().send('id: a-4\nevent: reset\ndata: {}\n\n')
    expect(said).toEqual(['connecting', 'live', 'gap', 'task t', 'view lists', 'gap'])
  })

  test('stays open for as long as it beats', async () => {
    await goLive()
    for (let beat = 0; beat < 20; beat += 1) {
      await pass(BEAT_MS)
      await latest().send(`: still here\nid: a-${beat}\n\n`)
    }
    expect(lines).toHaveLength(1)
  })

  test('that falls silent for two beats is closed and opened anew, and everything is fetched afresh', async () => {
    await goLive()
    const [dead] = lines
    said = []
    await pass(2 * BEAT_MS)
    expect(lines).toHaveLength(1)
    await pass(BEAT_MS)
    expect(dead?.signal.aborted).toBe(true)
    expect(lines).toHaveLength(2)
    expect(said).toEqual(['reconnecting'])
    expect(latest().headers.has('last-event-id')).toBe(false)
    await goLive()
    expect(said).toEqual(['reconnecting', 'live', 'gap'])
  })

  test('that is never answered is given up and tried again', async () => {
    await pass(3 * BEAT_MS)
    expect(lines).toHaveLength(2)
    await goLive()
    expect(said.slice(-2)).toEqual(['live', 'gap'])
  })

  test('that breaks resumes after the last event, and fetches nothing afresh', async () => {
    await goLive()
    await latest().send(': still here\nid: a-7\n\n')
    said = []
    await latest().end()
    expect(said).toEqual(['reconnecting'])
    await pass(1_500)
    expect(lines).toHaveLength(2)
    expect(latest().headers.get('last-event-id')).toBe('a-7')
    await latest().answer().send('event: ready\ndata: {"id":"a-7"}\n\n')
    expect(said).toEqual(['reconnecting', 'live'])
  })

  test('asks less and less often while the server refuses, and tells of a session that has ended', async () => {
    latest().answer(503)
    await pass(60_000)
    expect(said).not.toContain('refused')
    const before = lines.length
    for (let passed = 0; passed < 60; passed += 1) {
      latest().answer(503)
      await pass(1_000)
    }
    expect(lines.length - before).toBeGreaterThan(4)
    expect(lines.length - before).toBeLessThan(12)
    await pass(13_000)
    latest().answer(401)
    await pass(1)
    expect(said.slice(-2)).toEqual(['refused', 'reconnecting'])
  })

  test('is tried at once when the network is there again, or the page is seen again', async () => {
    await goLive()
    await latest().end()
    window.dispatchEvent(new Event('online'))
    expect(lines).toHaveLength(2)
    page.hidden = true
    page.dispatchEvent(new Event('visibilitychange'))
    expect(lines).toHaveLength(2)
    page.hidden = false
    page.dispatchEvent(new Event('visibilitychange'))
    expect(lines).toHaveLength(3)
  })

  test('is tried when the network goes: a server on this machine is still there', async () => {
    await goLive()
    said = []
    window.dispatchEvent(new Event('offline'))
    expect(lines).toHaveLength(2)
    expect(latest().headers.get('last-event-id')).toBe('a-1')
    await goLive()
    expect(said).toEqual(['live'])
  })

  test('is taken for dead after a sleep in which no timer ran', async () => {
    await goLive()
    said = []
    vi.setSystemTime(Date.now() + 60_000)
    page.dispatchEvent(new Event('visibilitychange'))
    expect(lines).toHaveLength(2)
    await goLive()
    expect(said).toEqual(['reconnecting', 'live', 'gap'])
  })

  test('that is closed stays closed', async () => {
    await goLive()
    close()
    expect(latest().signal.aborted).toBe(true)
    window.dispatchEvent(new Event('online'))
    await pass(120_000)
    expect(lines).toHaveLength(1)
  })
})
