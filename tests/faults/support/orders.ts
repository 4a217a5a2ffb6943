import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pollUntil } from '@todo/platform/testing/poll-until'
import { POINTS } from './points.ts'
import type { PointName } from './points.ts'

/** To the first process of a service that comes to a point: it is to send itself a signal. */
export interface PointOrder {
  point: PointName
  signal: 'SIGKILL' | 'SIGSTOP'
}

/** What became of it. */
export interface Hit {
  replica: string
  pid: number
  at: number
  /** The call before or after which it was. */
  call: string
}

/** How services publish, until it is taken back; one that hangs never hears of what it sent. */
export type Publishing = { how: 'twice' } | { how: 'shuffled' } | { how: 'hangs'; service: string; subject: string }

export const PUBLISHING_FILE = 'publishing'

export function orderFile(folder: string, service: string): string {
  return join(folder, service)
}

/** `backend-2` is a backend. */
export function serviceOf(replica: string): string {
  return replica.replace(/-\d+$/, '')
}

/** Orders to the processes of the app, in a folder that they look into at each call of their sidecars. */
export class Orders {
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
  }

  /** @throws when no process comes to the point in time: then the fault did not happen */
  async strike(order: PointOrder, timeoutMs = 30_000): Promise<Hit> {
    const file = orderFile(this.#folder, POINTS[order.point].service)
    await writeFile(file, JSON.stringify(order))
    try {
      const what = `a process ${order.point}`
      return await pollUntil(async () => JSON.parse(await readFile(`${file}.hit`, 'utf8')) as Hit, { timeoutMs, what })
    } finally {
      await rm(file, { force: true })
      await rm(`${file}.hit`, { force: true })
    }
  }

  publish(publishing: Publishing): Promise<void> {
    return writeFile(join(this.#folder, PUBLISHING_FILE), JSON.stringify(publishing))
  }

  publishAsEver(): Promise<void> {
    return rm(join(this.#folder, PUBLISHING_FILE), { force: true })
  }
}
