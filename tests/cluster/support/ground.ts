import pg from 'pg'
import { pollUntil } from '@todo/platform/testing/poll-until'
import type { MailServer } from '../../acceptance/support/mail-server.ts'
import type { Ground } from '../../faults/support/fault.ts'
import { kubectl } from './commands.ts'
import { reach } from './reach.ts'
import type { Reach } from './reach.ts'
import { isReady, podsOf } from './release.ts'
import type { Release } from './release.ts'

const BACK_MS = 120_000

/** The release in its cluster, with its pods at our mercy. */
export class ClusterGround implements Ground {
  readonly release: Release
  readonly database: pg.Pool
  readonly #reach: Reach

  private constructor(release: Release, { within, database }: { within: Reach; database: pg.Pool }) {
    this.release = release
    this.database = database
    this.#reach = within
  }

  static async open(release: Release): Promise<ClusterGround> {
    const within = await reach(release)
    const database = new pg.Pool({ connectionString: within.databaseUrl, max: 4, connectionTimeoutMillis: 5_000 })
    database.on('error', () => {})
    return new ClusterGround(release, { within, database })
  }

  get mail(): MailServer {
    return this.#reach.mail
  }

  get url(): string {
    return this.release.url
  }

  /** The Service's address twice: as an ingress, one that gets no answer asks once more. */
  async entrances(): Promise<string[]> {
    return [this.url, this.url]
  }

  async brokers(): Promise<string> {
    return this.#reach.brokers
  }

  /** Deletes each pod of a part by force, one after the other, and waits for the one in its place. Answers how many. */
  async deleteEach(component: string): Promise<number> {
    const { namespace } = this.release
    const pods = await podsOf(namespace, component)
    for (const { metadata } of pods) {
      await deleteByForce(namespace, metadata.name)
      await this.ready(component, pods.length)
    }
    return pods.length
  }

  /** Resolves when so many pods of a part, and no others, do their work. */
  async ready(component: string, count: number): Promise<void> {
    const areReady = async () => {
      const pods = await podsOf(this.release.namespace, component)
      return pods.length === count && pods.every(isReady)
    }
    await pollUntil(areReady, { timeoutMs: BACK_MS, intervalMs: 250, what: `${count} pods of ${component} are ready` })
  }

  async close(): Promise<void> {
    await this.database.end()
    await this.#reach.close()
  }
}

export async function deleteByForce(namespace: string, pod: string): Promise<void> {
  await kubectl('delete', 'pod', pod, '-n', namespace, '--force', '--grace-period=0')
}
