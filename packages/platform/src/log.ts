import { pino } from 'pino'
import type { DestinationStream, Logger } from 'pino'
import { currentTraceparent, traceIdOf } from './tracing/trace-context.ts'

export type Log = Logger

/** One JSON line per entry on standard output, or into `destination`. Secrets and personal text have no place in it. */
export function createLog(name: string, level: string, destination?: DestinationStream): Log {
  const options = {
    name,
    level,
    base: { service: name },
    mixin: () => {
      const traceId = traceIdOf(currentTraceparent())
      return traceId ? { traceId } : {}
    },
    redact: ['req.headers.cookie', 'req.headers.authorization', 'req.headers["dapr-api-token"]'],
    formatters: { level: (label: string) => ({ level: label }) },
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
  }
  return destination ? pino(options, destination) : pino(options)
}
