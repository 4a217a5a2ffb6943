import type { ServiceName } from './service.ts'

export interface Job {
  /** Unique within the service; scheduling it again moves it. `[a-z0-9.-]`, so that every adapter takes it. */
  name: string
  /** Which handler runs it. */
  kind: string
  /** Never run before this time. */
  at: Date
  data: Record<string, unknown>
}

/** Has to be safe to run twice. Throwing means: again later, without an end. */
export type JobHandler = (job: Pick<Job, 'name' | 'data'>) => Promise<void>

/** Runs a job once its time has come, even when the process was off then. Adapters: `embedded/job-scheduler.ts`, `dapr/job-scheduler.ts`. */
export interface JobScheduler {
  schedule: (service: ServiceName, job: Job) => Promise<void>
  /** A job that is not there, or has run, is no error. */
  cancel: (service: ServiceName, name: string) => Promise<void>
  /** Before `start`. */
  handle: (service: ServiceName, kind: string, handler: JobHandler) => void
  start: () => Promise<void>
  stop: () => Promise<void>
}
