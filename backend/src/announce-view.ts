import type { EventData } from '@todo/model/events'
import type { Ctx } from './context.ts'

interface ChangedView extends Pick<EventData<'view.changed'>, 'resource'> {
  /** Null: any of them. */
  id?: string | null
  /** The tab that knows of it already; null: none does. */
  clientId?: string | null
}

/** Tells every tab of a person that something other than a task is not as they show it. */
export function announceView(
  { emit, origin }: Pick<Ctx, 'emit' | 'origin'>,
  userId: string,
  { resource, id = null, clientId = origin.clientId }: ChangedView,
): void {
  emit('view.changed', userId, { resource, id, audience: [userId], clientId })
}
