import type { TodoEvent } from '@todo/model/events'

/** Where the running system of a mode can be looked into. */
interface Insides {
  /** Null when it is the built-in one. */
  databaseUrl: string | null
  dataFolder: string
  /** Where its own bus is, for a mode that starts one. */
  busAddress: string | null
}

/** A bus that runs beside the system. */
interface OwnBus {
  address: string
  /** What the system has to be told of it. */
  env: Record<string, string>
  stop: () => Promise<void>
}

/** What differs between the ways to run the system. */
export interface Mode {
  /** The program that starts all of it. */
  main: string
  /** Time that a start may take on a busy machine. */
  startMs: number
  /** Before the first start, where the system does not bring its own. */
  startBus?: () => Promise<OwnBus>
  /** From here on, what goes onto the bus can be looked at. After the first start. */
  capture: (insides: Insides) => Promise<void>
  /** Every event that went onto the bus, each once, while the system runs. */
  events: (insides: Insides) => Promise<TodoEvent[]>
  /** Types of events that never get as far as a bus that can be looked at: what is for live replicas alone. */
  unseen: readonly string[]
  /** Where its processes tell their metrics, while the system runs. */
  metricsUrls: (url: string, insides: Insides) => Promise<string[]>
  /** After a SIGKILL of the program: to all the others that belong to the system. */
  killRest: (insides: Insides) => Promise<void>
}
