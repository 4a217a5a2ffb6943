import type { Service } from '@todo/platform/service'
import { NotificationConfig } from './config.ts'

/** Takes reminders that have come due, digests, tests and links of accounts to the person, over every channel they want. */
export const notificationService: Service<NotificationConfig> = {
  name: 'notification',
  config: NotificationConfig,
  prepare: async (deps) => (await import('./runtime.ts')).prepareNotification(deps),
}
