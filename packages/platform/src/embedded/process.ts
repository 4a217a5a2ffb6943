import type { AddressInfo } from 'node:net'
import type { FastifyInstance } from 'fastify'
import type pg from 'pg'
import { openDatabase } from '../db.ts'
import type { Database } from '../db.ts'
import { measureDeadLetters } from '../dead-letter-table.ts'
import { createHttpApp } from '../http/app.ts'
import { mountOperationRoutes } from '../http/operation-routes.ts'
import { measureRequests } from '../http/request-metrics.ts'
import type { Log } from '../log.ts'
import { migrate } from '../migrate.ts'
import { measuredBus } from '../measured-bus.ts'
import { Metrics } from '../metrics.ts'
import { askDatabase, askHealth } from '../readiness.ts'
import type { AnyService, Runtime, ServiceName } from '../service.ts'
import { closeHttpApp, stopStep } from '../stopping.ts'
import { traceHandler, traceJob } from '../tracing/traced-handlers.ts'
import { NO_TRACING } from '../tracing/tracing.ts'
import { EmbeddedEventBus } from './event-bus.ts'
import { EmbeddedInvoke } from './invoke.ts'
import { EmbeddedJobScheduler } from './job-scheduler.ts'
import { measureQueues } from './queue-metrics.ts'
import type { EmbeddedApp, EmbeddedOptions } from './runtime.ts'
import { EmbeddedStateStore, startStateCleanup } from './state-store.ts'
import { migratePlatform, openWorkerPool } from './worker-pool.ts'

/** The only service that the world reaches. */
const ENTRANCE: ServiceName = 'backend'

/** Together less than the ten seconds after which whoever asked us to stop kills us. */
const STOP_MS = { services: 1_500, requests: 2_500, entrance: 1_500, ports: 3_000, connections: 1_000 }

/** The parts of the one-process mode, started and stopped in order. */
export class EmbeddedProcess implements EmbeddedApp {
  port: number | null = null
  readonly #options: EmbeddedOptions
  readonly #log: Log
  /** Of the bus and the scheduler: see `openWorkerPool` for why it is not good for anything else. */
  readonly #jobs: pg.Pool
  readonly #database: Database
  readonly #bus: EmbeddedEventBus
  readonly #scheduler: EmbeddedJobScheduler
  readonly #metrics = new Metrics()
  readonly #databases = new Map<ServiceName, Database>()
  readonly #apps = new Map<ServiceName, FastifyInstance>()
  readonly #runtimes = new Map<ServiceName, Runtime>()
  #stopStateCleanup = () => {}
  #stopped: Promise<void> | null = null

  constructor(options: EmbeddedOptions) {
    this.#options = options
    this.#log = options.logOf('platform')
    const log = this.#log
    const pool = openWorkerPool(options.databaseUrl, log)
    this.#jobs = pool
    this.#database = openDatabase({ url: options.databaseUrl, name: 'platform', log })
    this.#bus = new EmbeddedEventBus({ pool, log, metrics: this.#metrics.process })
    this.#scheduler = new EmbeddedJobScheduler({ pool, log })
  }

  async start(configs: Record<string, unknown>): Promise<void> {
    const { services, listen } = this.#options
    await migratePlatform(this.#jobs, this.#log)
    measureQueues(this.#metrics.process, this.#database.pool)
    measureDeadLetters(this.#metrics.process, this.#database.pool)
    for (const service of services) await this.#prepare(service, configs[service.name])
    await Promise.all([...this.#apps.values()].map((app) => app.ready()))
    await this.#bus.start()
    await this.#scheduler.start()
    this.#stopStateCleanup = startStateCleanup(this.#database.pool, this.#log)
    await Promise.all([...this.#runtimes.values()].map(async (runtime) => runtime.start?.()))
    if (listen) {
      const entrance = this.app(ENTRANCE)
      await entrance.listen(listen)
      this.port = (entrance.server.address() as AddressInfo).port
    }
  }

  app(service: ServiceName): FastifyInstance {
    const app = this.#apps.get(service)
    if (!app) throw new Error(`The service ${service} does not run here`)
    return app
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#stop()
    return this.#stopped
  }

  async #prepare(service: AnyService, config: unknown): Promise<void> {
    const { name } = service
    const log = this.#options.logOf(name)
    const tracer = (this.#options.tracing ?? NO_TRACING).tracerOf(name)
    const app = createHttpApp({ log, tracer, trustProxy: this.#options.trustProxy ?? 0 })
    this.#apps.set(name, app)
    const metrics = this.#metrics.of(name)
    const runtime = await service.prepare({
      config: config as never,
      log,
      now: this.#options.now ?? (() => new Date()),
      database: (await this.#openDatabase(service, log)) as Database,
      bus: measuredBus(this.#bus, metrics),
      scheduler: this.#scheduler,
      state: new EmbeddedStateStore(this.#database.pool, name),
      invoke: new EmbeddedInvoke(this.#apps),
      metrics,
      tracer,
    })
    this.#runtimes.set(name, runtime)
    if (service.isOpen) measureRequests(app, metrics)
    if (name === ENTRANCE) this.#mountOperationRoutes(app)
    await runtime.routes?.(app)
    for (const event of runtime.events ?? []) this.#bus.subscribe({ consumer: name, ...traceHandler(tracer, event) })
    for (const [kind, handler] of Object.entries(runtime.jobs ?? {}))
      this.#scheduler.handle(name, kind, traceJob(tracer, kind, handler))
  }

  async #openDatabase({ name, migrations }: AnyService, log: Log): Promise<Database | undefined> {
    if (!migrations) return undefined
    const database = openDatabase({ url: this.#options.databaseUrl, name, log })
    this.#databases.set(name, database)
    await migrate({ pool: database.pool, log }, { owner: name, folder: migrations })
    return database
  }

  #mountOperationRoutes(app: FastifyInstance): void {
    const ports = { 'event bus': this.#bus, 'job scheduler': this.#scheduler }
    mountOperationRoutes(app, {
      isStopping: () => this.#stopped !== null,
      health: () => askHealth({ database: () => this.#askDatabase(), ports, runtimes: this.#runtimes }),
      metrics: () => this.#metrics.text(),
    })
  }

  #askDatabase(): Promise<void> {
    return askDatabase(this.#database, [...this.#databases.values()])
  }

  /** Outside in: nothing new comes in, then what runs comes to its end, then what it ran on goes. */
  async #stop(): Promise<void> {
    const entrance = this.#apps.get(ENTRANCE)
    const behind = [...this.#runtimes].filter(([name]) => name !== ENTRANCE)
    const closing = entrance ? closeHttpApp(entrance) : Promise.resolve()
    // The services behind it stop meanwhile: live streams end there, and requests would wait for them.
    await this.#step('services', STOP_MS.services, ...behind.map(async ([, runtime]) => runtime.stop?.()))
    await this.#step('requests', STOP_MS.requests, closing)
    entrance?.server.closeAllConnections()
    await this.#step(ENTRANCE, STOP_MS.entrance, this.#runtimes.get(ENTRANCE)?.stop?.() ?? Promise.resolve())
    this.#stopStateCleanup()
    await this.#step('ports', STOP_MS.ports, this.#bus.stop(), this.#scheduler.stop())
    const databases = [this.#database, ...this.#databases.values()]
    const closed = databases.map((database) => database.close())
    await this.#step('connections', STOP_MS.connections, ...closed, this.#jobs.end())
  }

  #step(what: string, ms: number, ...ends: Promise<unknown>[]): Promise<void> {
    return stopStep(this.#log, { what, ms, ends })
  }
}
