import type { FastifyInstance } from 'fastify'
import { auditService } from '@todo/audit'
import { backendService } from '@todo/backend'
import { notificationService } from '@todo/notification'
import { loadConfig } from '@todo/platform/config'
import { openDatabase } from '@todo/platform/db'
import { Metrics } from '@todo/platform/metrics'
import type { AnyService } from '@todo/platform/service'
import { createHttpApp } from '@todo/platform/http/app'
import { createLog } from '@todo/platform/log'
import type { Deps, Runtime, ServiceName } from '@todo/platform/service'
import { NO_TRACER } from '@todo/platform/tracing/span'
import { realtimeService } from '@todo/realtime'
import { recurringTaskService } from '@todo/recurring-task'

const SERVICES = [
  backendService,
  recurringTaskService,
  notificationService,
  auditService,
  realtimeService,
] as AnyService[]

const SECRET = 'contracts need no secret, only a length'
const SETTINGS = {
  PUBLIC_URL: 'http://localhost:3000',
  AUTH_SECRET: SECRET,
  STREAM_SECRET: SECRET,
  CHANNEL_SECRET: SECRET,
}

/** What is asked of the outside while services are only looked at. */
function notRunning(): never {
  throw new Error('The services are only looked at here: nothing of them runs.')
}

export interface PreparedService {
  name: ServiceName
  runtime: Runtime
}

/** Every service, prepared as a root would, on ports that do nothing: what it subscribes to and answers can be read. */
export async function prepareServices(): Promise<{ services: PreparedService[]; close: () => Promise<void> }> {
  const log = createLog('contracts', 'silent')
  // A pool that is never asked for a connection.
  const database = openDatabase({ url: 'postgres://nobody@localhost/nothing', name: 'contracts', log })
  const metrics = new Metrics()
  const services: PreparedService[] = []
  for (const { name, config, prepare } of SERVICES) {
    const deps: Deps<never> = {
      config: loadConfig(config, SETTINGS) as never,
      log,
      now: () => new Date(0),
      database,
      bus: { publish: notRunning },
      scheduler: { schedule: notRunning, cancel: notRunning },
      state: { get: notRunning, set: notRunning, delete: notRunning },
      invoke: { call: notRunning, stream: notRunning },
      metrics: metrics.of(name),
      tracer: NO_TRACER,
    }
    services.push({ name, runtime: await prepare(deps) })
  }
  return { services, close: () => database.close() }
}

/** The HTTP app of a prepared service, with its routes. */
export async function mountedApp({ runtime }: PreparedService): Promise<FastifyInstance> {
  const app = createHttpApp({ log: createLog('contracts', 'silent') })
  await runtime.routes?.(app)
  await app.ready()
  return app
}
