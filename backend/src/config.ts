import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { ChannelSecret, PublicUrl, secret, StreamSecret } from '@todo/platform/config'

/** The settings of the backend. */
export const BackendConfig = z.object({
  PUBLIC_URL: PublicUrl.describe('Address under which people reach the app; links in mails and cookies follow it'),
  AUTH_SECRET: secret('signs the session cookies').describe('Signs the session cookies'),
  STREAM_SECRET: StreamSecret,
  CHANNEL_SECRET: ChannelSecret,
  CREDENTIAL_TRIES_PER_MINUTE: z.coerce
    .number({ error: 'must be a number, such as 10' })
    .int('must be a whole number')
    .min(1, 'must be 1 or more')
    .default(10)
    .describe(
      'Tries to sign in, sign up, change a password or ask for a link that one address has; then it has to leave them be for a minute',
    ),
  SIGN_UP: z
    .enum(['open', 'closed'], { error: 'must be open or closed' })
    .default('open')
    .describe('Whether whoever reaches the app can make an account; closed, those who have one go on'),
  CONFIRM_EMAIL: z
    .enum(['required', 'off'], { error: 'must be required or off' })
    .default('off')
    .describe(
      'Whether reminders are mailed only to an address whose owner has followed a link; npm start and the chart make it required where SMTP_URL is set and PUBLIC_URL begins with https',
    ),
  WEB_ROOT: z
    .string()
    .refine((folder) => existsSync(join(folder, 'index.html')), 'must be the folder of the built web app')
    .optional()
    .describe('Folder of the built web app; without it only the API is served'),
})
export type BackendConfig = z.infer<typeof BackendConfig>
