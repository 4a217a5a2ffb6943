import { join } from 'node:path'
import { errorMessage } from '@todo/platform/errors'
import type { Log } from '@todo/platform/log'
import type { RunningProcess } from './child.ts'
import type { DistributedConfig } from './config.ts'
import { ProcessRegister } from './process-register.ts'
import type { Row } from './process-table.ts'
import { SupervisedPart } from './supervised-part.ts'
import type { Surroundings } from './surroundings.ts'

/** The order in which all is stopped: a service drains while its sidecar still runs, and so on down. */
export const STAGES = ['services', 'sidecars', 'scheduler', 'Kafka'] as const
type Stage = (typeof STAGES)[number]

interface Program {
  name: string
  stage: Stage
  port: number
  start: (onSpawn: (pid: number) => void) => Promise<RunningProcess>
}

type HouseOptions = Required<Omit<Surroundings, 'onSpawn'>> & { config: DistributedConfig; log: Log }

/** Everything that runs on this machine for one data folder, and how it is stopped. */
export class House {
  readonly config: DistributedConfig
  readonly log: Log
  readonly surroundings: Required<Omit<Surroundings, 'onSpawn'>>
  /** Below the data folder: what only this mode has. */
  readonly folder: string
  readonly register: ProcessRegister
  readonly #parts: { part: SupervisedPart; program: Program }[] = []
  readonly #closers: (() => Promise<void>)[] = []

  constructor({ config, log, ...surroundings }: HouseOptions) {
    this.config = config
    this.log = log
    this.surroundings = surroundings
    this.folder = join(config.DATA_DIR, 'distributed')
    this.register = new ProcessRegister(join(this.folder, 'processes.json'), (error) =>
      log.warn({ error: errorMessage(error) }, 'a process could not be written down: after a kill -9 it is not ended'),
    )
  }

  /** What the others stand on: closed after all processes, the last one first. */
  onStop(close: () => Promise<void>): void {
    this.#closers.push(close)
  }

  /** Starts a program and keeps it running. Resolves when it has come up for the first time. */
  async run(program: Program): Promise<void> {
    const { name, stage, port } = program
    const start = (onSpawn: (pid: number) => void) =>
      program.start((pid) => {
        this.register.add(name, { pid, stage: STAGES.indexOf(stage), port })
        onSpawn(pid)
      })
    const part = new SupervisedPart({ name, start }, { report: (line) => this.log.warn(line) })
    this.#parts.push({ part, program })
    await this.unlessStopped(part.started)
  }

  /** Told to stop, nobody waits any more. */
  async unlessStopped<T>(work: Promise<T>): Promise<T> {
    const { signal } = this.surroundings
    const { promise, reject } = Promise.withResolvers<never>()
    const onAbort = () => reject(signal.reason as Error)
    if (signal.aborted) onAbort()
    signal.addEventListener('abort', onAbort, { once: true })
    try {
      return await Promise.race([work, promise])
    } finally {
      signal.removeEventListener('abort', onAbort)
    }
  }

  rows(): Row[] {
    return this.#parts.map(({ part, program }) => ({
      name: program.name,
      pid: part.pid,
      address: `127.0.0.1:${program.port}`,
    }))
  }

  async stop(): Promise<void> {
    for (const stage of STAGES) {
      const parts = this.#parts.filter(({ program }) => program.stage === stage)
      for (const result of await Promise.allSettled(parts.map(({ part }) => part.stop()))) {
        if (result.status === 'rejected') this.log.error(`stopping ${stage}: ${errorMessage(result.reason)}`)
      }
    }
    for (const close of this.#closers.splice(0).reverse()) await close()
  }
}
