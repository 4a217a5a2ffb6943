/** What lay in the broker, as the sidecar hands it over: it does not look into it. */
export interface RawMessage {
  /** The JSON that it was; text of what was none. */
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

function parseOrText(bytes: Buffer): unknown {
  const text = bytes.toString('utf8')
  try {
    return JSON.parse(text)
  } catch {
    return Buffer.from(text).equals(bytes) ? text : bytes.toString('base64')
  }
}
