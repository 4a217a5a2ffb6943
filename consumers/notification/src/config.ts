import { z } from 'zod'
import { ChannelSecret, PublicUrl, urlSetting } from '@todo/platform/config'

export const NotificationConfig = z.object({
  SMTP_URL: urlSetting(['smtp:', 'smtps:'], 'smtp://user:password@mail.example.org:587')
    .optional()
    .describe('Mail server for reminders; without it, mails go to the log in full'),
  MAIL_FROM: z
    .string()
    .regex(/^[^\r\n]*[^\s@<]+@[^\s@>]+>?$/, 'must be an e-mail address, such as Todo Cloud <no-reply@example.org>')
    .default('Todo Cloud <no-reply@localhost>')
    .describe('Sender of the mails'),
  CHANNEL_SECRET: ChannelSecret,
  PRIVATE_ADDRESSES: z
    .enum(['refuse', 'allow'], { error: 'must be refuse or allow' })
    .default('refuse')
    .describe('Whether web push, webhooks and ntfy may lead into private networks and to this machine'),
  PUBLIC_URL: PublicUrl.describe('Address under which people reach the app; links in mails and cookies follow it'),
})
export type NotificationConfig = z.infer<typeof NotificationConfig>
