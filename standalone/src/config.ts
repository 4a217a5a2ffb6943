import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { LogLevel, Port, PublicUrl, urlSetting } from '@todo/platform/config'
import { TrustProxy } from '@todo/platform/trust-proxy'

/** The repository: relative paths in settings start here, wherever it is called from. */
export const REPOSITORY = fileURLToPath(new URL('../../', import.meta.url))

/** The settings of the one-process mode itself; each service adds its own. */
export const StandaloneConfig = z.object({
  PORT: Port.default(3000).describe('Port that the app answers on; 0 takes any free one'),
  HOST: z.string().default('127.0.0.1').describe('Address that it listens on; 0.0.0.0 lets other machines in'),
  PUBLIC_URL: PublicUrl.optional().describe(
    'Address under which people reach the app, for links in mails; http://localhost and the port when left out',
  ),
  TRUST_PROXY: TrustProxy,
  DATA_DIR: z
    .string()
    .default('data')
    .transform((path) => resolve(REPOSITORY, path))
    .describe('Folder of the database and the secrets'),
  DATABASE_URL: urlSetting(['postgres:', 'postgresql:'], 'postgres://user:password@localhost:5432/todo')
    .optional()
    .describe('A PostgreSQL of yours (a direct connection, not through a pooler); the built-in one when left out'),
  OTEL_EXPORTER_OTLP_ENDPOINT: urlSetting(['http:', 'https:'], 'http://localhost:4318')
    .optional()
    .describe('An OpenTelemetry collector that traces are sent to, over OTLP/HTTP; no traces when left out'),
  LOG_LEVEL: LogLevel.default('warn').describe('How much is said: trace, debug, info, warn, error or silent'),
})
export type StandaloneConfig = z.infer<typeof StandaloneConfig>
