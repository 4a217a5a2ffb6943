import { v7 } from 'uuid'
import type { TodoEvent } from '@todo/model/events'
import { createEvent } from '../create-event.ts'

/** A small, valid event of the topic `task-events`; `deletedAt` carries a running number, to tell the order by. */
export function accountDeleted(key: string = v7(), number = 0): TodoEvent<'account.deleted'> {
  const deletedAt = new Date(number).toISOString()
  return createEvent('account.deleted', key, { userId: v7(), deletedAt }, { now: new Date(), source: 'backend' })
}

export function numberOf(event: TodoEvent): number {
  return Date.parse((event as TodoEvent<'account.deleted'>).data.deletedAt)
}

/** A small, valid event of the topic `task-updates`. */
export function viewChanged(id: string): TodoEvent<'view.changed'> {
  const data = { resource: 'tags' as const, id, audience: [v7()], clientId: null }
  return createEvent('view.changed', id, data, { now: new Date(), source: 'backend' })
}

/** An event that no consumer can read. */
export function malformed(): TodoEvent<'account.deleted'> {
  return { ...accountDeleted(), data: {} } as TodoEvent<'account.deleted'>
}
