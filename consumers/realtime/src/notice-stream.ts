import { Readable } from 'node:stream'

/** A reader this far behind is dropped: it resumes from the last event it has got, at no cost of our memory. */
const MAX_BACKLOG_BYTES = 1024 * 1024

/** One open connection. A `Readable`, so that the pressure of a slow reader is felt through whatever carries it. */
export class NoticeStream {
  readonly body = new Readable({ read: () => {} })
  #wasBehind = false
  #isOver = false

  /** Drops the connection instead, when its reader is too far behind. */
  send(frame: string): void {
    if (this.body.destroyed || this.#isOver || frame === '') return
    if (this.body.readableLength + Buffer.byteLength(frame) > MAX_BACKLOG_BYTES) this.body.destroy()
    else this.body.push(frame)
  }

  /**
   * Shows that the line is alive, and moves the reader's last event id on without an event: else a person whose own
   * tasks rest would fall out of the replay buffer while others are busy. A reader that was behind at the last beat
   * and still is has gone without a word.
   */
  beat(currentId: string): void {
    const isBehind = this.body.readableLength > 0
    if (isBehind && this.#wasBehind) this.body.destroy()
    else this.send(`: still here\nid: ${currentId}\n\n`)
    this.#wasBehind = isBehind
  }

  /** Ends in order when its reader keeps up; nobody is waited for. */
  close(): void {
    this.#isOver = true
    if (this.body.readableLength > 0) this.body.destroy()
    else this.body.push(null)
  }
}
