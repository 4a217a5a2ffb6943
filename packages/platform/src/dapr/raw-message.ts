import { isDeeperThan } from '../nesting.ts'

/** What lay in the broker, as the sidecar hands it over: it does not look into it. */
export interface RawMessage {
  /** The JSON that it was; text of what was none, or none that could be kept. */
  content: unknown
  /** Names the message for as long as it is tried. */
  key: string
}

/** A message of a subscription with `rawPayload`, which is the bytes of the broker in a CloudEvent of the sidecar's. */
export function readRawMessage(body: unknown, headers: Record<string, unknown>): RawMessage {
  const { data_base64: base64 = '', id = '' } = (body ?? {}) as { data_base64?: string; id?: string }
  const content = parseOrText(Buffer.from(base64, 'base64'))
  // Kafka tells where the message lies; another broker may not, but then there is the event's id.
  const place = [headers['__topic'], headers['__partition'], headers['__offset']]
  if (place.every((part) => typeof part === 'string')) return { content, key: place.join('/') }
  const own = (content as { id?: unknown } | null)?.id
  return { content, key: typeof own === 'string' ? own : id }
}

/** Much more than an event of ours has, and much less than JSON.stringify and PostgreSQL can take. */
const MAX_LEVELS = 100

function parseOrText(bytes: Buffer): unknown {
  const text = bytes.toString('utf8')
  try {
    const content: unknown = JSON.parse(text)
    return isDeeperThan(content, MAX_LEVELS) ? text : content
  } catch {
    return Buffer.from(text).equals(bytes) ? text : bytes.toString('base64')
  }
}
