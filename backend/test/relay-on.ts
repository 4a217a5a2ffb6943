import { Registry } from 'prom-client'
import type { Database } from '@todo/platform/db'
import { createLog } from '@todo/platform/log'
import { Relay } from '@todo/platform/relay'
import type { RelayOptions } from '@todo/platform/relay'

const scheduler = { schedule: async () => {}, cancel: async () => {} }

/** A relay of the backend, whose bus is a function; not started. */
export function relayOn(
  database: Pick<Database, 'pool' | 'direct'>,
  publish: RelayOptions['bus']['publish'],
  more: Partial<RelayOptions> = {},
): Relay {
  return new Relay({
    service: 'backend',
    ...database,
    bus: { publish },
    scheduler,
    log: createLog('test', 'silent'),
    metrics: new Registry(),
    ...more,
  })
}
