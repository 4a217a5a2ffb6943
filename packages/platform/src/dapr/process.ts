import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import type { Registry } from 'prom-client'
import { openDatabase } from '../db.ts'
import type { Database } from '../db.ts'
import { measureDeadLetters } from '../dead-letter-table.ts'
import { awaitMigrations } from '../await-migrations.ts'
import { createHttpApp } from '../http/app.ts'
import { mountOperationRoutes } from '../http/operation-routes.ts'
import { measureRequests } from '../http/request-metrics.ts'
import type { Log } from '../log.ts'
import { measuredBus } from '../measured-bus.ts'
import { Metrics } from '../metrics.ts'
import { migrate } from '../migrate.ts'
import { reach } from '../reach-database.ts'
import { askDatabaseInUse, askHealth } from '../readiness.ts'
import type { AnyService, Runtime } from '../service.ts'
import { closeHttpApp, stopStep } from '../stopping.ts'
import { traceHandler, traceJob } from '../tracing/traced-handlers.ts'
import type { Tracing } from '../tracing/tracing.ts'
import type { DaprClient } from './client.ts'
import type { DaprConfig } from './config.ts'
import { DeadLetterKeeper } from './dead-letter-keeper.ts'
import { migrationsOf } from './migrations-of.ts'
import { createDaprPorts } from './ports.ts'
import type { DaprPorts } from './ports.ts'
import { checkToken, mountSidecarRoutes } from './sidecar-routes.ts'
import type { SidecarSubscription } from './sidecar-routes.ts'
import { SubscriptionWatch } from './subscription-watch.ts'
import { LETTER_KEEPER } from './topics.ts'

export interface DaprProcessOptions {
  service: AnyService
  serviceConfig: unknown
  config: DaprConfig
  client: DaprClient
  log: Log
  tracing: Tracing
  /** The start is not wanted any more. */
  signal?: AbortSignal | undefined
}

/** With the longest DRAIN_MS less than the twenty seconds that a service has. */
const STOP_MS = { intake: 7_000, requests: 3_500, service: 2_500, connections: 1_500 }

/** One service beside its sidecar, started and stopped in order. */
export class DaprProcess {
  port: number | null = null
  readonly #options: DaprProcessOptions
  readonly #log: Log
  readonly #app: FastifyInstance
  readonly #ports: DaprPorts
  readonly #metrics = new Metrics()
  readonly #registry: Registry
  readonly #database: Database | undefined
  readonly #askDatabase: (() => Promise<void>) | undefined
  readonly #letters: DeadLetterKeeper | null
  readonly #watch: SubscriptionWatch
  #runtime: Runtime = {}
  #isStarted = false
  #stopped: Promise<void> | null = null

  constructor(options: DaprProcessOptions) {
    const { service, config, client, log, tracing } = options
    const { name } = service
    this.#options = options
    this.#log = log
    const tracer = tracing.tracerOf(name)
    this.#app = createHttpApp({ log, tracer, trustProxy: config.TRUST_PROXY })
    this.#registry = this.#metrics.of(name)
    this.#ports = createDaprPorts({ service: name, client, config, log, metrics: this.#registry })
    const url = service.migrations ? config.DATABASE_URL : undefined
    const { DATABASE_POOLED_URL: pooledUrl, DATABASE_CONNECTIONS: maxConnections } = config
    this.#database = url ? openDatabase({ url, pooledUrl, name, log, maxConnections }) : undefined
    this.#askDatabase = this.#database && askDatabaseInUse(this.#database)
    this.#letters = this.#letterKeeper()
    this.#watch = new SubscriptionWatch({ client, wanted: () => this.#subscriptions(), log })
  }

  async start(): Promise<void> {
    const { config } = this.#options
    await this.#migrate()
    this.#runtime = await this.#prepare()
    await this.#mountRoutes()
    await this.#app.listen({ host: config.HOST, port: config.APP_PORT })
    this.port = (this.#app.server.address() as AddressInfo).port
    await this.#ports.bus.start()
    await this.#ports.scheduler.start()
    await this.#runtime.start?.()
    this.#watch.start()
    this.#isStarted = true
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#stop()
    return this.#stopped
  }

  async #migrate(): Promise<void> {
    const { service, config, signal } = this.#options
    if (!this.#database) return
    const options = { pool: this.#database.direct, log: this.#log, signal }
    await reach(options.pool, 'DATABASE_URL')
    const sets = migrationsOf(service)
    if (config.MIGRATIONS === 'await') await awaitMigrations(options, sets)
    else for (const set of sets) await migrate(options, set)
    if (config.DATABASE_POOLED_URL) await reach(this.#database.pool, 'DATABASE_POOLED_URL')
  }

  async #prepare(): Promise<Runtime> {
    const { service, serviceConfig, log, tracing } = this.#options
    const { name } = service
    const { bus, scheduler } = this.#ports
    const tracer = tracing.tracerOf(name)
    const metrics = this.#registry
    const runtime = await service.prepare({
      ...this.#ports,
      bus: measuredBus(bus, metrics),
      config: serviceConfig as never,
      log,
      now: () => new Date(),
      database: this.#database as Database,
      metrics,
      tracer,
    })
    for (const event of runtime.events ?? []) bus.subscribe({ consumer: name, ...traceHandler(tracer, event) })
    for (const [kind, handler] of Object.entries(runtime.jobs ?? {}))
      scheduler.handle(name, kind, traceJob(tracer, kind, handler))
    return runtime
  }

  async #mountRoutes(): Promise<void> {
    const { service, config } = this.#options
    mountOperationRoutes(this.#app, {
      isStopping: () => this.#stopped !== null,
      health: () => this.#health(),
      metrics: () => this.#metrics.text(),
    })
    this.#mountSidecarRoutes(config.APP_API_TOKEN)
    const { routes } = this.#runtime
    if (!routes) return
    if (service.isOpen) {
      measureRequests(this.#app, this.#registry)
      return routes(this.#app)
    }
    await this.#app.register(async (scope) => {
      scope.addHook('onRequest', checkToken(config.APP_API_TOKEN))
      await routes(scope)
    })
  }

  #mountSidecarRoutes(token: string): void {
    const { bus, scheduler } = this.#ports
    mountSidecarRoutes(this.#app, {
      token,
      subscriptions: () => this.#subscriptions(),
      mount: (scope) => {
        bus.mount(scope)
        scheduler.mount(scope)
        this.#letters?.mount(scope)
      },
      mountForServices: (scope) => bus.mountReplay(scope),
    })
  }

  #subscriptions(): SidecarSubscription[] {
    return [...this.#ports.bus.subscriptions(), ...(this.#letters?.subscriptions() ?? [])]
  }

  #letterKeeper(): DeadLetterKeeper | null {
    if (this.#options.service.name !== LETTER_KEEPER || !this.#database) return null
    measureDeadLetters(this.#metrics.process, this.#database.pool)
    return new DeadLetterKeeper(this.#database.pool, this.#log)
  }

  /** The sidecar is no part of it: without one, people are still answered, and what they cause waits in the outbox. */
  #health(): Promise<Record<string, string | null>> {
    if (!this.#isStarted) return Promise.resolve({ process: 'starting' })
    const runtimes = new Map([[this.#options.service.name, this.#runtime]])
    return askHealth({ database: this.#askDatabase, ports: {}, runtimes })
  }

  /**
   * Readiness fails from now on: proxies send no more requests. Then no event and no job is taken any more, what runs
   * comes to its end, and what it ran on goes.
   */
  async #stop(): Promise<void> {
    const { bus, scheduler, invoke } = this.#ports
    this.#watch.stop()
    await delay(this.#options.config.DRAIN_MS)
    await this.#step('intake', STOP_MS.intake, bus.stop(), scheduler.stop())
    invoke.endStreams()
    const closing = closeHttpApp(this.#app)
    const { stop = async () => {} } = this.#runtime
    // Streams of this service end by its own stop, and requests of others would wait for them.
    const isEntrance = this.#options.service.name === LETTER_KEEPER
    const ending = isEntrance ? Promise.resolve() : stop()
    await this.#step('requests', STOP_MS.requests, closing, ending)
    this.#app.server.closeAllConnections()
    if (isEntrance) await this.#step('service', STOP_MS.service, stop())
    await this.#step('connections', STOP_MS.connections, this.#database?.close() ?? Promise.resolve())
  }

  #step(what: string, ms: number, ...ends: Promise<unknown>[]): Promise<void> {
    return stopStep(this.#log, { what, ms, ends })
  }
}
