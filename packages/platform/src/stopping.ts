import type { FastifyInstance } from 'fastify'
import { errorMessage } from './errors.ts'
import type { Log } from './log.ts'
import { within } from './within.ts'

export interface StopStep {
  what: string
  /** How long it may take; then the next step begins. */
  ms: number
  ends: readonly Promise<unknown>[]
}

/** One step of a stop. A part that does not end in time, or fails to, must not keep the others from it. */
export async function stopStep(log: Log, { what, ms, ends }: StopStep): Promise<void> {
  const settled = Promise.allSettled(ends).then((results) => {
    const failures = results.filter((result) => result.status === 'rejected')
    for (const { reason } of failures) log.warn({ what, error: errorMessage(reason) }, 'stopped badly')
  })
  if (!(await within(ms, settled))) log.warn({ what, ms }, 'did not stop in time; going on')
}

/**
 * Takes no new requests and waits for the running ones. Connections whose last request ends only now are idle, not
 * closed: their browsers would keep them, and us, for long.
 */
export async function closeHttpApp(app: FastifyInstance): Promise<void> {
  const timer = setInterval(() => app.server.closeIdleConnections(), 50)
  try {
    await app.close()
  } finally {
    clearInterval(timer)
  }
}
