import { join } from 'node:path'
import type { Registry } from 'prom-client'
import type { Log } from '../log.ts'
import type { ServiceName } from '../service.ts'
import type { DaprClient } from './client.ts'
import type { DaprConfig } from './config.ts'
import { CrashNotes } from './crash-notes.ts'
import { DaprEventBus } from './event-bus.ts'
import { DaprInvoke } from './invoke.ts'
import { DaprJobScheduler } from './job-scheduler.ts'
import { DaprStateStore } from './state-store.ts'

export interface DaprPortsOptions {
  service: ServiceName
  client: DaprClient
  config: Pick<DaprConfig, 'JOBS_API' | 'BULK_PUBLISH_API' | 'REALTIME_URL' | 'NOTES_DIR' | 'APP_PORT'>
  log: Log
  metrics: Registry
}

/** What a service is given to work with, behind its sidecar. */
export interface DaprPorts {
  bus: DaprEventBus
  scheduler: DaprJobScheduler
  state: DaprStateStore
  invoke: DaprInvoke
}

export function createDaprPorts({ service, client, config, log, metrics }: DaprPortsOptions): DaprPorts {
  const { JOBS_API: apiVersion, BULK_PUBLISH_API: bulkApi, REALTIME_URL: realtime } = config
  const notesFile = join(config.NOTES_DIR, `todo-cloud-${service}-${config.APP_PORT}.notes`)
  return {
    bus: new DaprEventBus({ client, service, log, metrics, bulkApi, notes: new CrashNotes(notesFile) }),
    scheduler: new DaprJobScheduler({ client, service, log, apiVersion }),
    state: new DaprStateStore(client),
    invoke: new DaprInvoke({ client, streamAddresses: realtime ? { realtime } : {} }),
  }
}
