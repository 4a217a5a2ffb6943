import type { TodoEvent } from '@todo/model/events'

/** Where the running system of a mode can be looked into. */
interface Insides {
  /** Null when it is the built-in one. */
  databaseUrl: string | null
  dataFolder: string
}

/** What differs between the ways to run the system. */
export interface Mode {
  /** The program that starts all of it. */
  main: string
  /** Time that a start may take on a busy machine. */
  startMs: number
  /** From here on, what goes onto the bus can be looked at. After the first start. */
  capture: (insides: Insides) => Promise<void>
  /** Every event that went onto the bus, each once, while the system runs. */
  events: (insides: Insides) => Promise<TodoEvent[]>
  /** After a SIGKILL of the program: to all the others that belong to the system. */
  killRest: (insides: Insides) => Promise<void>
}
