import type { Service } from '@todo/platform/service'
import { BackendConfig } from './config.ts'

/** The core API: owns the tables, produces the events, fires reminders, makes the next occurrence, serves the web app. */
export const backendService: Service<BackendConfig> = {
  name: 'backend',
  isOpen: true,
  config: BackendConfig,
  migrations: new URL('../migrations/', import.meta.url),
  prepare: async (deps) => (await import('./runtime.ts')).prepareBackend(deps),
}
