import { AppError } from '@todo/platform/errors'
import { NoticeStream } from './notice-stream.ts'
import type { NoticeEvent, ReplayBuffer } from './replay-buffer.ts'

/** Enough for anyone's tabs; a program that opens more is stuck in a loop. */
const MAX_STREAMS_PER_PERSON = 50

/** Fetching afresh is cheaper than this, and the replay must never look like a reader that is too far behind. */
const MAX_REPLAY_LENGTH = 256 * 1024

/** Browsers ask again after this time when the line breaks. */
const RETRY_MS = 1_000

/** The open connections, by person. Everything here happens within one turn, so nothing falls between two steps. */
export class Streams {
  readonly #buffer: ReplayBuffer
  readonly #byUser = new Map<string, Set<NoticeStream>>()
  #isClosed = false

  constructor(buffer: ReplayBuffer) {
    this.#buffer = buffer
  }

  get size(): number {
    return [...this.#byUser.values()].reduce((sum, streams) => sum + streams.size, 0)
  }

  /**
   * @param lastEventId the newest event that this browser got over an earlier connection
   * @throws AppError when this person has too many open, or when we are stopping
   */
  open(userId: string, lastEventId: string | undefined): NoticeStream {
    const others = this.#byUser.get(userId) ?? new Set()
    if (this.#isClosed) throw new AppError('unavailable', 'Live updates are restarting. Connect again in a moment.')
    if (others.size >= MAX_STREAMS_PER_PERSON) {
      const message = `There are ${MAX_STREAMS_PER_PERSON} live connections of yours already: close some tabs first.`
      throw new AppError('too-many-requests', message)
    }
    const stream = new NoticeStream()
    this.#byUser.set(userId, others.add(stream))
    stream.body.once('close', () => this.#forget(userId, stream))
    this.#greet(stream, userId, lastEventId)
    return stream
  }

  /** Tells those whom it concerns. A notice that was told before is not told again. */
  broadcast(event: NoticeEvent): void {
    const notice = this.#buffer.append(event)
    if (!notice) return
    for (const userId of new Set(notice.audience)) {
      for (const stream of this.#byUser.get(userId) ?? []) stream.send(notice.frame)
    }
  }

  beat(): void {
    this.#each((stream) => stream.beat(this.#buffer.currentId))
  }

  /** Lets every browser fetch afresh what may have changed without our hearing of it. */
  reset(): void {
    this.#each((stream) => stream.send(this.#resetFrame()))
  }

  /** Closes every connection and takes no more. */
  close(): void {
    this.#isClosed = true
    this.#each((stream) => stream.close())
  }

  /** Only an event that makes the browser whole carries an id: a line that breaks before it asks for the same again. */
  #greet(stream: NoticeStream, userId: string, lastEventId: string | undefined): void {
    const { currentId } = this.#buffer
    const data = dataOf(currentId)
    const ready = `retry: ${RETRY_MS}\nevent: ready\n${data}`
    if (!lastEventId) return stream.send(`id: ${currentId}\n${ready}`)
    stream.send(ready)
    const missed = this.#buffer.since(lastEventId)?.filter(({ audience }) => audience.includes(userId))
    const replay = missed?.map(({ frame }) => frame).join('')
    const isWhole = replay !== undefined && replay.length <= MAX_REPLAY_LENGTH
    stream.send(isWhole ? replay : this.#resetFrame())
  }

  #resetFrame(): string {
    const { currentId } = this.#buffer
    return `id: ${currentId}\nevent: reset\n${dataOf(currentId)}`
  }

  #forget(userId: string, stream: NoticeStream): void {
    const streams = this.#byUser.get(userId)
    streams?.delete(stream)
    if (streams?.size === 0) this.#byUser.delete(userId)
  }

  #each(action: (stream: NoticeStream) => void): void {
    for (const streams of this.#byUser.values()) for (const stream of streams) action(stream)
  }
}

function dataOf(currentId: string): string {
  return `data: ${JSON.stringify({ id: currentId })}\n\n`
}
