import { z } from 'zod'

/** The settings do not fit the schema: one line per variable, all at once. */
export class ConfigError extends Error {
  override name = 'ConfigError'
}

type Env = Record<string, string | undefined>

/** What is set: an empty variable counts as none. */
export function given(env: Env): Record<string, string> {
  return Object.fromEntries(Object.entries(env).flatMap(([name, value]) => (value ? [[name, value]] : [])))
}

/**
 * Parses the environment. Empty variables count as not set, so that `SMTP_URL=` in a file means none.
 * @throws ConfigError naming every variable that is wrong, and what would be right
 */
export function loadConfig<T extends z.ZodType>(schema: T, env: Env): z.infer<T> {
  return loadConfigs({ schema }, env).schema
}

/** The same for several schemas that share one environment: the problems of all of them at once, each one once. */
export function loadConfigs<T extends Record<string, z.ZodType>>(
  schemas: T,
  env: Env,
): { [Name in keyof T]: z.infer<T[Name]> } {
  const values = given(env)
  const parsed = Object.entries(schemas).map(([name, schema]) => [name, schema.safeParse(values)] as const)
  const issues = parsed.flatMap(([, result]) => (result.success ? [] : result.error.issues))
  if (issues.length === 0) {
    const configs = parsed.map(([name, { data }]) => [name, data])
    return Object.fromEntries(configs) as { [Name in keyof T]: z.infer<T[Name]> }
  }
  const lines = new Map(issues.map((issue) => [issue.path.join('.'), `  ${issue.path.join('.')}: ${issue.message}`]))
  throw new ConfigError(
    `The configuration has ${lines.size === 1 ? 'a problem' : 'problems'}:\n${[...lines.values()].join('\n')}`,
  )
}

/** A URL of one of these protocols, for `loadConfig` schemas. */
export function urlSetting(protocols: string[], example: string): z.ZodType<string, string> {
  const error = `must be a URL such as ${example}`
  return z.string({ error: `is needed: ${error}` }).refine((text) => isUrl(text, protocols), { error })
}

function isUrl(text: string, protocols: string[]): boolean {
  return URL.canParse(text) && protocols.includes(new URL(text).protocol)
}

/** A secret that services may share, for `loadConfig` schemas. */
export const secret = (what: string) =>
  z
    .string({
      error: `is needed: ${what}, at least 32 characters of randomness, such as from "openssl rand -base64 32"`,
    })
    .min(32, 'must be at least 32 characters, such as from "openssl rand -base64 32"')

export const StreamSecret = secret('signs the tickets of live streams').describe('Signs the tickets of live streams')

export const ChannelSecret = secret('seals the addresses that people are reached at').describe(
  'Seals the addresses that people are reached at, signs web push and unsubscribe links',
)

const PUBLIC_URL_EXAMPLE = 'https://todo.example.org'

/** The app is at the root of its address: every link and cookie of it says so. Becomes its origin, as browsers write it. */
export const PublicUrl = urlSetting(['http:', 'https:'], PUBLIC_URL_EXAMPLE)
  .refine((text) => !URL.canParse(text) || isOriginOnly(new URL(text)), {
    error: `must be an address without a path or anything behind it, such as ${PUBLIC_URL_EXAMPLE}`,
  })
  .transform((text) => (URL.canParse(text) ? new URL(text).origin : text))

function isOriginOnly({ username, password, pathname, search, hash }: URL): boolean {
  return [username, password, search, hash].every((part) => part === '') && pathname === '/'
}

export const Port = z.coerce
  .number({ error: 'must be a port number, such as 3000' })
  .int('must be a whole number')
  .min(0, 'must be 0 (any free port) to 65535')
  .max(65_535, 'must be 0 (any free port) to 65535')

export const LogLevel = z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'], {
  error: 'must be one of trace, debug, info, warn, error, silent',
})
