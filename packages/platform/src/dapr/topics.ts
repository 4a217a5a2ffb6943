import type { Topic } from '@todo/model/events'
import type { ServiceName } from '../service.ts'

/** The Pub/Sub component of events between services: a consumer group is a service. */
export const EVENTS = 'events'
/** The one of notices that every replica wants: a consumer group is a replica, and begins with now. */
export const UPDATES = 'updates'

/** Reads the dead letters of all services into its database. */
export const LETTER_KEEPER: ServiceName = 'backend'

/** Who handles a topic once for all its replicas, and so may give an event of it up. */
export const CONSUMERS: Record<Topic, readonly ServiceName[]> = {
  'task-events': ['backend', 'recurring-task', 'notification', 'audit'],
  reminders: ['backend', 'notification', 'audit'],
  'task-updates': [],
}

/** Where the events of a topic go that this consumer could not handle. */
export function deadLetterTopic(topic: Topic, consumer: ServiceName): string {
  return `${topic}.${consumer}.dead`
}
