import { eventName } from '@todo/model/events'
import type { TodoEvent } from '@todo/model/events'
import { parseEvent } from '@todo/model/parse-event'
import { PermanentError } from './errors.ts'
import type { Delivery, Subscription } from './event-bus.ts'

/**
 * Reads what came over a bus and gives it to the subscriptions that want it; what none of them wants is left unread.
 * @throws PermanentError for what this code cannot read: a malformed event, an unknown type or version
 */
export async function handleEvent(
  subscriptions: readonly Subscription[],
  input: unknown,
  delivery: Delivery,
): Promise<void> {
  const known = knownName(input)
  if (known && !subscriptions.some(({ names }) => names.includes(known))) return
  const parsed = parseEvent(input)
  if (!parsed.ok) throw new PermanentError(parsed.message)
  for (const { names, handle } of subscriptions) {
    if (names.includes(parsed.name)) await handle(parsed.event, delivery)
  }
}

function knownName(input: unknown) {
  const type = (input as Partial<TodoEvent> | null)?.type
  return typeof type === 'string' ? eventName(type) : undefined
}
