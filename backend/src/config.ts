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
      'Tries to sign in, sign up or change a password that one address has; then it has to leave them be for a minute',
    ),
  WEB_ROOT: z
    .string()
    .refine((folder) => existsSync(join(folder, 'index.html')), 'must be the folder of the built web app')
    .optional()
    .describe('Folder of the built web app; without it only the API is served'),
})
export type BackendConfig = z.infer<typeof BackendConfig>
