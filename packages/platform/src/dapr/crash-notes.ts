import { constants, ftruncateSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs'

const SLOT_BYTES = 256
const PRIVATE = 0o600

/**
 * A file that says what is handled right now. What stands in it at a start is what the process before died over: so an
 * event that ends the process each time is known, and given up. Written without waiting for the disk, 5 µs a note: it
 * has to outlive the process, and not the machine.
 */
export class CrashNotes {
  /** Message → its try at the time. */
  readonly left: ReadonlyMap<string, number>
  readonly #path: string
  readonly #file: number
  readonly #free: number[] = []
  #slots = 0

  constructor(path: string) {
    this.#path = path
    this.#file = openSync(path, constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW, PRIVATE)
    this.left = readNotes(this.#file)
    ftruncateSync(this.#file)
  }

  /** Answers how to take the note away. */
  write(message: string, attempt: number): () => void {
    const slot = this.#free.pop() ?? this.#slots++
    const note = Buffer.alloc(SLOT_BYTES, ' ')
    note.write(`${attempt} ${message}`, 0, SLOT_BYTES - 1)
    note.write('\n', SLOT_BYTES - 1)
    writeSync(this.#file, note, 0, SLOT_BYTES, slot * SLOT_BYTES)
    return () => {
      writeSync(this.#file, ' ', slot * SLOT_BYTES)
      this.#free.push(slot)
    }
  }

  /** At an end in order: nothing is in hand any more. */
  remove(): void {
    rmSync(this.#path, { force: true })
  }
}

function readNotes(file: number): Map<string, number> {
  const lines = readFileSync(file, 'utf8').split('\n')
  const notes = lines.flatMap((line) => {
    const [, attempt, message] = /^(\d+) (.+?) *$/.exec(line) ?? []
    return attempt && message ? [[message, Number(attempt)] as const] : []
  })
  return new Map(notes)
}
