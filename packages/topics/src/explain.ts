import type { TopicsConfig } from './config.ts'

/** An error with all that it came from: clients of Kafka wrap them several times. */
function chainOf(error: unknown): { message: string; code: string }[] {
  if (!(error instanceof Error)) return []
  const { code = '' } = error as { code?: string }
  const inner = error instanceof AggregateError ? error.errors : []
  const own = { message: error.message, code }
  return [own, ...[...inner, error.cause].flatMap((cause) => chainOf(cause))]
}

const CERTIFICATE = /CERT|ALTNAME|UNABLE_TO_(?:GET|VERIFY)/
const NO_TLS = /EPROTO|wrong version number|SSL|before secure TLS/

/** One line for what went wrong, with the variable to look at. */
export function explain(error: unknown, config: TopicsConfig): string {
  const chain = chainOf(error)
  const has = (pattern: RegExp) => chain.find(({ message, code }) => pattern.test(code) || pattern.test(message))
  const said = chain.at(-1)?.message ?? String(error)
  const brokers = config.KAFKA_BROKERS.join(', ')
  if (has(/AUTHENTICATION|SASL/i)) {
    return `KAFKA_SASL_MECHANISM, KAFKA_USERNAME or KAFKA_PASSWORD: ${brokers} refused them (${said})`
  }
  if (has(CERTIFICATE)) return `KAFKA_CA_FILE: the certificate of ${brokers} is not trusted by it (${said})`
  if (has(NO_TLS)) return `KAFKA_TLS: ${brokers} does not speak TLS (${said})`
  if (has(/REPLICATION_FACTOR|replication factor/i)) {
    return `REPLICATION: there are not ${config.REPLICATION} brokers to keep as many copies (${said})`
  }
  return `KAFKA_BROKERS: ${brokers} gave no answer that helps (${said})`
}
