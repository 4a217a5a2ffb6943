import { MailServer } from '../../acceptance/support/mail-server.ts'
import { kubectl } from './commands.ts'
import { Forward } from './forward.ts'
import { RELEASE } from './release.ts'
import type { Release } from './release.ts'

/** What a test reaches of a release besides its entrance, from this machine. */
export interface Reach {
  /** Where its mails end. */
  mail: MailServer
  databaseUrl: string
  /** For Kafka's clients: host:port. */
  brokers: string
  close: () => Promise<void>
}

export async function reach(release: Release): Promise<Reach> {
  const { namespace, hostAddress, smtpPort, postgresPort, kafkaPort } = release
  const mail = new MailServer({ host: hostAddress, port: smtpPort })
  await mail.start()
  const forwards = await Promise.all([
    Forward.to(namespace, `service/${RELEASE}-postgres`, postgresPort, 5432),
    Forward.to(namespace, `pod/${RELEASE}-kafka-0`, kafkaPort, 9094),
  ])
  const close = async () => {
    await Promise.all(forwards.map((forward) => forward.stop()))
    await mail.stop()
  }
  return { mail, databaseUrl: await databaseUrlOf(release), brokers: `127.0.0.1:${kafkaPort}`, close }
}

async function databaseUrlOf({ namespace, postgresPort }: Release): Promise<string> {
  const path = '--output=jsonpath={.data.database-url}'
  const encoded = await kubectl('get', 'secret', `${RELEASE}-database`, '-n', namespace, path)
  const url = new URL(Buffer.from(encoded, 'base64').toString())
  url.host = `127.0.0.1:${postgresPort}`
  return url.href
}
