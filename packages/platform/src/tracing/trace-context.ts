import { AsyncLocalStorage } from 'node:async_hooks'
import { randomFillSync } from 'node:crypto'

const TRACEPARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/

export interface TraceContext {
  traceId: string
  spanId: string
  flags: number
}

/** The parts of a W3C `traceparent`; null when it is missing or not one. */
export function parseTraceparent(traceparent: unknown): TraceContext | null {
  const [, traceId, spanId, flags] = (typeof traceparent === 'string' && TRACEPARENT.exec(traceparent)) || []
  if (!traceId || !spanId || !flags || /^0+$/.test(traceId) || /^0+$/.test(spanId)) return null
  return { traceId, spanId, flags: Number.parseInt(flags, 16) }
}

export function formatTraceparent({ traceId, spanId, flags }: TraceContext): string {
  return `00-${traceId}-${spanId}-${flags.toString(16).padStart(2, '0')}`
}

/** A trace that begins here. */
export function newTraceparent(): string {
  return formatTraceparent({ traceId: randomHex(16), spanId: randomHex(8), flags: 1 })
}

/** Asked for in one go: the system call was a fiftieth of a request's cost. */
const pool = Buffer.alloc(24 * 256)
let used = pool.length

function randomHex(bytes: number): string {
  if (used + bytes > pool.length) {
    randomFillSync(pool)
    used = 0
  }
  used += bytes
  return pool.toString('hex', used - bytes, used)
}

export function traceIdOf(traceparent: unknown): string | undefined {
  return parseTraceparent(traceparent)?.traceId
}

const current = new AsyncLocalStorage<string>()

/** Of the request, event or job that is worked on: what it causes belongs to the same trace. */
export function currentTraceparent(): string | undefined {
  return current.getStore()
}

export function withTraceparent<T>(traceparent: string, work: () => T): T {
  return current.run(traceparent, work)
}

/** The same for whatever came with one in it, an event or the data of a job; without one it is just the work. */
export function withTraceOf<T>(carrier: unknown, work: () => T): T {
  const { traceparent } = (carrier ?? {}) as { traceparent?: unknown }
  return traceIdOf(traceparent) ? withTraceparent(traceparent as string, work) : work()
}
