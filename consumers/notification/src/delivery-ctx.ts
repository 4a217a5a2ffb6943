import type { Deps } from '@todo/platform/service'
import type { Outcome } from './claim.ts'
import type { LateMails } from './late-mails.ts'
import type { Mailer } from './mail/mailer.ts'
import type { MailSettings } from './mail/reminder-mail.ts'
import type { Channel } from './reminder.ts'

export interface DeliveryCtx extends Pick<Deps<unknown>, 'bus' | 'scheduler' | 'state' | 'log' | 'now' | 'tracer'> {
  mailer: Mailer
  settings: MailSettings
  /** By claim: mails that the server took, which could not be written down yet. */
  unrecorded: Map<string, Outcome>
  late: LateMails
  count: (channel: Channel, outcome: 'delivered' | 'retrying' | 'failed') => void
}
