import { tmpdir } from 'node:os'
import { z } from 'zod'
import { LogLevel, Port, urlSetting } from '../config.ts'
import { TrustProxy } from '../trust-proxy.ts'

const token = (what: string) =>
  z
    .string({ error: `is needed: ${what}, at least 16 characters of randomness` })
    .min(16, 'must be at least 16 characters, such as from "openssl rand -base64 32"')

/** What is needed to talk to the sidecar at all. */
export const SidecarConfig = z.object({
  DAPR_HTTP_PORT: Port.default(3500).describe('Port of the sidecar'),
  DAPR_API_TOKEN: token('this service shows it to its sidecar').describe('Shown to the sidecar'),
  SECRET_STORE: z
    .string()
    .optional()
    .describe('Secret store of the sidecar that has the settings which the environment has not'),
  SECRET_NAME: z
    .string()
    .default('todo-cloud')
    .transform((text) => text.split(',').map((name) => name.trim()))
    .describe('Secret there, or several separated by commas; the key database-url is DATABASE_URL'),
})
export type SidecarConfig = z.infer<typeof SidecarConfig>

const ApiVersion = z.enum(['v1.0-alpha1', 'v1.0'], { error: 'must be v1.0-alpha1 or v1.0' }).default('v1.0-alpha1')

const ProcessConfig = z.object({
  APP_PORT: Port.default(8080).describe('Port that the service answers on'),
  HOST: z.string().default('127.0.0.1').describe('Address that it listens on'),
  APP_API_TOKEN: token('the sidecar shows it to this service').describe('Shown by the sidecar'),
  LOG_LEVEL: LogLevel.default('info').describe('How much is said: trace, debug, info, warn, error or silent'),
  JOBS_API: ApiVersion.describe('Version of the Jobs API of the sidecar; v1.0 from Dapr 1.18 on'),
  BULK_PUBLISH_API: ApiVersion.describe('Version of the API of the sidecar for bulk publishing'),
  OTEL_EXPORTER_OTLP_ENDPOINT: urlSetting(['http:', 'https:'], 'http://localhost:4318')
    .optional()
    .describe('An OpenTelemetry collector that traces are sent to, over OTLP/HTTP; no traces when left out'),
  REALTIME_URL: z
    .string()
    .transform((text) => text.split(',').map((address) => address.trim()))
    .pipe(z.array(urlSetting(['http:', 'https:'], 'http://localhost:8085')))
    .optional()
    .describe(
      'Where the realtime service answers live streams, which a sidecar cannot pass on; several replicas separated by commas',
    ),
  NOTES_DIR: z
    .string()
    .default(tmpdir())
    .describe('Folder for what has to outlive a crash of the process, but not the machine'),
  DRAIN_MS: z.coerce
    .number({ error: 'must be a number of milliseconds' })
    .min(0, 'must be 0 or more')
    .max(5_000, 'must be at most 5000: a stop has 20 s in all')
    .default(0)
    .describe('How long it still takes requests after it was told to stop: until the last proxy knows'),
  TRUST_PROXY: TrustProxy,
})

const POSTGRES = ['postgres:', 'postgresql:']

export const DatabaseUrl = urlSetting(POSTGRES, 'postgres://user:password@localhost:5432/todo').describe(
  'The PostgreSQL database (a direct connection, not through a pooler)',
)

const CONNECTIONS_ERROR = 'must be a number from 6 to 1000'

const DatabaseSettings = {
  DATABASE_POOLED_URL: urlSetting(POSTGRES, 'postgres://user:password@pooler.example.org:6432/todo')
    .optional()
    .describe(
      'The same database through a pooler in transaction mode, as the -pooler host of Neon: everything goes there that needs no session',
    ),
  DATABASE_CONNECTIONS: z.coerce
    .number({ error: CONNECTIONS_ERROR })
    .int(CONNECTIONS_ERROR)
    .min(6, CONNECTIONS_ERROR)
    .max(1_000, CONNECTIONS_ERROR)
    .default(10)
    .describe(
      'Most connections for its work; the backend has 0.4 times as many more for accounts, and with DATABASE_POOLED_URL each service has up to 2 direct ones',
    ),
  MIGRATIONS: z
    .enum(['apply', 'await'], { error: 'must be apply or await' })
    .default('apply')
    .describe('Whether it migrates the database at its start, or waits until "migrate" has'),
}

export const WithoutDatabase = ProcessConfig.extend({ DATABASE_URL: DatabaseUrl.optional(), ...DatabaseSettings })
export const WithDatabase = ProcessConfig.extend({ DATABASE_URL: DatabaseUrl, ...DatabaseSettings })
export type DaprConfig = z.infer<typeof WithoutDatabase>
