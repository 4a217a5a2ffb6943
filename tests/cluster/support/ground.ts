import pg from 'pg'
import { pollUntil } from '@todo/platform/testing/poll-until'
import { MailServer } from '../../acceptance/support/mail-server.ts'
import type { Ground } from '../../faults/support/fault.ts'
import { kubectl } from './commands.ts'
import { databaseUrlOf } from './database.ts'
import { Forward } from './forward.ts'
import { RELEASE, isReady, podsOf } from './release.ts'
import type { Release } from './release.ts'

const BACK_MS = 120_000

/** The release in its cluster, with its pods at our mercy. */
export class ClusterGround implements Ground {
  readonly release: Release
  readonly mail: MailServer
  readonly database: pg.Pool
  readonly #forwards: Forward[]

  private constructor(release: Release, { mail, database, forwards }: Parts) {
    this.release = release
    this.mail = mail
    this.database = database
    this.#forwards = forwards
  }

  static async open(release: Release): Promise<ClusterGround> {
    const { namespace, hostAddress, smtpPort, postgresPort, kafkaPort } = release
    const mail = new MailServer({ host: hostAddress, port: smtpPort })
    await mail.start()
    const forwards = await Promise.all([
      Forward.to(namespace, `service/${RELEASE}-postgres`, postgresPort, 5432),
      Forward.to(namespace, `pod/${RELEASE}-kafka-0`, kafkaPort, 9094),
    ])
    const connectionString = await databaseUrlOf(release)
    const database = new pg.Pool({ connectionString, max: 4, connectionTimeoutMillis: 5_000 })
    database.on('error', () => {})
    return new ClusterGround(release, { mail, database, forwards })
  }

  get url(): string {
    return this.release.url
  }

  /** The Service's address twice: as an ingress, one that gets no answer asks once more. */
  async entrances(): Promise<string[]> {
    return [this.url, this.url]
  }

  async brokers(): Promise<string> {
    return `127.0.0.1:${this.release.kafkaPort}`
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
    await Promise.all(this.#forwards.map((forward) => forward.stop()))
    await this.mail.stop()
  }
}

interface Parts {
  mail: MailServer
  database: pg.Pool
  forwards: Forward[]
}

export async function deleteByForce(namespace: string, pod: string): Promise<void> {
  await kubectl('delete', 'pod', pod, '-n', namespace, '--force', '--grace-period=0')
}
