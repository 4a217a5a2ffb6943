import type { TodoEvent } from '@todo/model/events'
import type { MailServer } from './mail-server.ts'
import type { Sample } from './metrics.ts'
import type { Person } from './person.ts'

export interface AppOptions {
  env?: Record<string, string>
  /** Its own one, or the address of one that the story looks after; a fresh one of the test run when left out. */
  database?: 'built-in' | (string & {})
}

/** The running system, as the stories know it, whatever the mode. */
export interface App {
  url: string
  /** For a look behind the scenes, at what people cannot see; null when it is the built-in one. */
  databaseUrl: string | null
  dataFolder: string
  /** The server that its mails go to. */
  smtp: MailServer
  /** Every event that went onto the bus so far, each once. */
  events: () => Promise<TodoEvent[]>
  /** Types of events that `events` cannot have. */
  unseen: readonly string[]
  /** What all of its processes tell Prometheus now. */
  metrics: () => Promise<Sample[]>
  /** A new account, with a session. */
  signUp: (name?: string, profile?: Record<string, unknown>) => Promise<Person>
  /** Failures of ours that it has told its operator of lately, and their reasons. */
  failures: () => string[]
  /** All that it has said since its last start. */
  said: () => string
  /** What it has said lately in its log. */
  logLines: () => Record<string, unknown>[]
  /** Ends it in order. Answers the exit code. */
  stop: () => Promise<number | null>
  /** SIGKILL: it gets no chance to tidy up. */
  kill: () => Promise<void>
  /** Starts it again after `stop` or `kill`, under the same address and on the same data. */
  restart: () => Promise<void>
  /** At the end of a file: checks its events against the contract, and removes everything. */
  close: () => Promise<void>
}
