import type { Tracer } from '@opentelemetry/api'
import type { FastifyInstance } from 'fastify'
import type { Registry } from 'prom-client'
import type { z } from 'zod'
import type { EventName, TodoEvent, Topic } from '@todo/model/events'
import type { Database } from './db.ts'
import type { Delivery, EventBus } from './event-bus.ts'
import type { Invoke } from './invoke.ts'
import type { JobHandler, JobScheduler } from './job-scheduler.ts'
import type { Log } from './log.ts'
import type { StateStore } from './state-store.ts'

export const SERVICE_NAMES = ['backend', 'recurring-task', 'notification', 'audit', 'realtime'] as const
export type ServiceName = (typeof SERVICE_NAMES)[number]

/** What a service is given to work with: its settings, and the ports that both modes provide. */
export interface Deps<Config> {
  config: Config
  log: Log
  now: () => Date
  /** Only for a service with `migrations`. */
  database: Database
  bus: Pick<EventBus, 'publish'>
  scheduler: Pick<JobScheduler, 'schedule' | 'cancel'>
  state: StateStore
  invoke: Invoke
  metrics: Registry
  tracer: Tracer
}

export interface EventHandler {
  topic: Topic
  names: readonly EventName[]
  delivery: 'once' | 'every-replica'
  atOnce?: number
  handle: (event: TodoEvent, delivery: Delivery) => Promise<void>
}

/** What a service does, ready to be plugged into either mode. */
export interface Runtime {
  /** Mounts its HTTP routes. */
  routes?: (app: FastifyInstance) => Promise<void>
  events?: EventHandler[]
  jobs?: Record<string, JobHandler>
  /** After the ports run and the routes answer. */
  start?: () => Promise<void>
  /** Before the ports go: no new work, wait for the running. */
  stop?: () => Promise<void>
  /** What `/readyz` reports: the name of each part and what is wrong with it, null when well. */
  health?: () => Promise<Record<string, string | null>>
}

/**
 * A service as a pure description: nothing happens before `prepare`. One that is made of much loads it only there, so that
 * a command or a setting that is wrong is answered at once.
 */
export interface Service<Config = unknown> {
  name: ServiceName
  /** Its own settings, out of the environment. */
  config: z.ZodType<Config>
  /**
   * Its routes check by themselves who asks (a session, a ticket): anyone may reach them. Those of other services are
   * reached by invocation only.
   */
  isOpen?: true
  /** Folder of `NNNN-name.sql` files, applied in order before it starts. */
  migrations?: URL
  prepare: (deps: Deps<Config>) => Promise<Runtime>
}

/** A service of any configuration. */
export type AnyService = Omit<Service<never>, 'config'> & { config: z.ZodType }

type NamedEvent<N extends EventName> = { [K in N]: TodoEvent<K> }[N]

/** Ties a handler to events by their declared names, so that it sees their types. */
export function on<N extends EventName>(
  topic: Topic,
  names: readonly N[],
  handle: (event: NamedEvent<N>, delivery: Delivery) => Promise<void>,
  delivery: EventHandler['delivery'] = 'once',
): EventHandler {
  return { topic, names, delivery, handle: handle }
}
