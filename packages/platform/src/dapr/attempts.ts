import type { CrashNotes } from './crash-notes.ts'

/** Messages whose tries are remembered; beyond it the one that rested longest is forgotten. */
const LIMIT = 10_000

export interface Try {
  /** From 1. */
  attempt: number
  /** What became of it: `again` keeps counting, `not-counted` says nothing about the message. */
  end: (outcome: 'done' | 'again' | 'not-counted') => void
}

/**
 * How often each message was tried. Dapr does not say it. It is kept by the process that tries, since anything else would
 * be a write per event: another replica begins anew. What was in hand when the process died is in its notes.
 */
export class Attempts {
  readonly #notes: CrashNotes | undefined
  readonly #counts: Map<string, number>
  readonly #suspects: Set<string>

  constructor(notes?: CrashNotes) {
    this.#notes = notes
    this.#counts = new Map(notes?.left)
    this.#suspects = new Set(notes?.left.keys())
  }

  /** Whether the process before ended while it had this message in hand. */
  isSuspect(message: string): boolean {
    return this.#suspects.has(message)
  }

  begin(message: string): Try {
    const before = this.#counts.get(message) ?? 0
    const attempt = before + 1
    this.#set(message, attempt)
    const takeNoteAway = this.#notes?.write(message, attempt)
    return {
      attempt,
      end: (outcome) => {
        this.#suspects.delete(message)
        takeNoteAway?.()
        if (outcome === 'done') this.#counts.delete(message)
        if (outcome === 'not-counted') this.#set(message, before)
      },
    }
  }

  /** The newest last. */
  #set(message: string, attempts: number): void {
    this.#counts.delete(message)
    if (attempts > 0) this.#counts.set(message, attempts)
    if (this.#counts.size > LIMIT) this.#counts.delete(this.#counts.keys().next().value!)
  }
}
