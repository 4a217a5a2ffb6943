import type { FastifyInstance } from 'fastify'
import { loadConfigs } from '../config.ts'
import type { Log } from '../log.ts'
import type { AnyService, ServiceName } from '../service.ts'
import type { Tracing } from '../tracing/tracing.ts'
import type { ProxyTrust } from '../trust-proxy.ts'
import { EmbeddedProcess } from './process.ts'

export interface EmbeddedOptions {
  services: readonly AnyService[]
  env: Record<string, string | undefined>
  databaseUrl: string
  logOf: (name: string) => Log
  now?: () => Date
  /** Where the backend answers; the other services are reached through it only. Left out: by `inject` only. */
  listen?: { host: string; port: number }
  /** Whose X-Forwarded-* headers are believed. */
  trustProxy?: ProxyTrust
  tracing?: Tracing
}

export interface EmbeddedApp {
  /** Where the backend listens. */
  port: number | null
  app: (service: ServiceName) => FastifyInstance
  /** Drains and stops everything, within ten seconds. */
  stop: () => Promise<void>
}

/**
 * Runs services together in this process, on one PostgreSQL.
 * @throws ConfigError with the problems of all services; whatever keeps a part from starting, when all is stopped again
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedApp> {
  const schemas = Object.fromEntries(options.services.map(({ name, config }) => [name, config]))
  const configs = loadConfigs(schemas, options.env)
  const running = new EmbeddedProcess(options)
  try {
    await running.start(configs)
  } catch (error) {
    await running.stop()
    throw error
  }
  return running
}
