import type pg from 'pg'
import type { MailServer } from '../../acceptance/support/mail-server.ts'
import type { AppUnderFaults } from './app.ts'
import type { Load } from './load.ts'
import type { People } from './people.ts'
import type { Seeded } from './seeded.ts'
import type { TopicLog } from './topic-log.ts'

export const FAULT_KINDS = ['kill', 'freeze', 'absence', 'redelivery', 'poison', 'restart'] as const
type FaultKind = (typeof FAULT_KINDS)[number]

/** The running app, as a trial looks at it, wherever it runs. */
export interface Ground {
  /** Where people sign up. */
  url: string
  mail: MailServer
  database: pg.Pool
  /** Where requests are answered; the next one when one does not. */
  entrances: () => Promise<string[]>
  brokers: () => Promise<string>
}

/** Where a fault strikes. */
export interface Scene<App extends Ground = AppUnderFaults> {
  app: App
  load: Load
  people: People
  topics: TopicLog
  random: Seeded
}

/** What a fault left, when all runs again. */
export interface Struck {
  /** What shows that it happened. */
  point: string
  /** Letters that are to be there from now on: `consumer event-id`. */
  letters?: string[]
}

/** Something that goes wrong. */
export interface Fault<App extends Ground = AppUnderFaults> {
  kind: FaultKind
  name: string
  /** Of each service. */
  replicas: 1 | 2
  /** Seconds from its beginning until all runs again, about. */
  seconds: number
  /** Makes it happen, and resolves when all runs again. @throws when it did not happen */
  strike: (scene: Scene<App>) => Promise<Struck>
  /** The one thing without which nobody can be answered: the database. */
  mayRefuse?: boolean
  /** So long after its beginning somebody else, and not the app, keeps requests from it. */
  mayRefuseAfterMs?: number
  /** Why a mail may come twice: nobody can know that the server took it. */
  mayDouble?: string
}
