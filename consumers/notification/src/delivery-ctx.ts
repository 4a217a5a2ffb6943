import type { Deps } from '@todo/platform/service'
import type { Mailer } from './mail/mailer.ts'
import type { MailSettings } from './mail/reminder-mail.ts'
import type { Channel } from './reminder.ts'

export interface DeliveryCtx extends Pick<Deps<unknown>, 'bus' | 'scheduler' | 'state' | 'log' | 'now' | 'tracer'> {
  mailer: Mailer
  settings: MailSettings
  count: (channel: Channel, outcome: 'delivered' | 'retrying' | 'failed') => void
}
