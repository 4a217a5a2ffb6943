import { createHash } from 'node:crypto'

/** An id as somebody would choose one: the database keeps and indexes it. */
const ID = /^[\x21-\x7e]{1,200}$/

/** Tells letters apart: the event's id, or a fingerprint of what has none. */
export function letterKey(event: unknown): string {
  const id = (event as { id?: unknown } | null)?.id
  if (typeof id === 'string' && ID.test(id)) return id
  const fingerprint = createHash('sha256')
    .update(JSON.stringify(event) ?? '')
    .digest('hex')
  return `sha256:${fingerprint}`
}
