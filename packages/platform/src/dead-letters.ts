import type { Topic } from '@todo/model/events'
import type { ServiceName } from './service.ts'

/** An event that a consumer could not handle. */
export interface DeadLetter {
  consumer: ServiceName
  topic: Topic
  /** The event as it came, well-formed or not; text of what was no JSON. */
  event: unknown
  error: string
  /** How often the consumer tried; 0: nobody counted. */
  attempts: number
}

export interface KeptLetter extends DeadLetter {
  id: string
  failedAt: Date
}

/** Which letters are meant. */
export type LetterChoice = 'all' | { consumer: ServiceName } | { ids: readonly string[] }

export interface Replay {
  /** Letters that are with their consumer again. */
  delivered: number
  /** Letters that stay, because their consumer could not handle them this time either. */
  failed: KeptLetter[]
}

/**
 * The letters that are kept for people to look at, to give back to their consumer, or to throw away.
 * Adapters: `embedded/dead-letters.ts`, `dapr/dead-letters.ts`.
 */
export interface DeadLetters {
  /** The oldest first. */
  list: (choice: LetterChoice) => Promise<KeptLetter[]>
  /** Gives each to its own consumer, as if it came for the first time; others are not disturbed. */
  replay: (choice: LetterChoice) => Promise<Replay>
  /** Answers how many are gone. */
  drop: (choice: LetterChoice) => Promise<number>
}
