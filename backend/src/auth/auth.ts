import { APIError, betterAuth } from 'better-auth'
import { createAuthMiddleware } from 'better-auth/api'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { v7 as uuidv7 } from 'uuid'
import { z } from 'zod'
import { PatchProfile } from '@todo/model/api'
import { invalidRequest } from '@todo/platform/http/problem'
import type { BackendConfig } from '../config.ts'
import { noteFailures } from './failures.ts'

/** Carries the peer's address into Better Auth; whatever a client sends under this name is overwritten. */
export const CLIENT_IP_HEADER = 'x-todo-client-ip'

export const PASSWORD_MIN_LENGTH = 8

/** How passwords are kept, and known again. */
export interface Passwords {
  hash: (password: string) => Promise<string>
  verify: (given: { hash: string; password: string }) => Promise<boolean>
}

interface AuthOptions {
  config: BackendConfig
  pool: pg.Pool
  /** Those of Better Auth when left out: scrypt, which takes a tenth of a second and 16 MiB for each. */
  passwords?: Passwords | undefined
  /** Removes everything of a person, in one transaction with the event that tells the other services. */
  eraseAccount: (userId: string) => Promise<void>
}

const DAY = 24 * 60 * 60
const CREDENTIAL_PATHS = ['/sign-in/email', '/sign-up/email', '/change-password', '/delete-user']

/** Our profile on the person of Better Auth. */
const PERSON_FIELDS = {
  timeZone: { type: 'string', required: false, defaultValue: 'UTC' },
  locale: { type: 'string', required: false, defaultValue: 'en' },
  weekStart: { type: 'number', required: false, defaultValue: 1 },
  emailReminders: { type: 'boolean', required: false, defaultValue: true },
} as const

function credentialRules({ CREDENTIAL_TRIES_PER_MINUTE }: BackendConfig) {
  const rule = { window: 60, max: CREDENTIAL_TRIES_PER_MINUTE }
  return Object.fromEntries(CREDENTIAL_PATHS.map((path) => [path, rule]))
}

/** Accounts and sessions, on Better Auth's standard routes under /api/auth. */
export function createAuth({ config, pool, passwords, eraseAccount }: AuthOptions) {
  return betterAuth({
    appName: 'Todo Cloud',
    baseURL: config.PUBLIC_URL,
    basePath: '/api/auth',
    secret: config.AUTH_SECRET,
    telemetry: { enabled: false },
    logger: { log: (_level, ...said) => noteFailures(...said) },
    // What is no refusal of its own; otherwise it is written to the console and answered with nothing.
    onAPIError: { throw: true },
    database: { db: new Kysely({ dialect: new PostgresDialect({ pool }) }), type: 'postgres', transaction: true },
    // A page of ours is of this origin, under whatever name the machine was reached; others have no session here.
    trustedOrigins: (request) => (request ? [new URL(request.url).origin, config.PUBLIC_URL] : [config.PUBLIC_URL]),
    advanced: {
      cookiePrefix: 'todo-cloud',
      useSecureCookies: config.PUBLIC_URL.startsWith('https:'),
      defaultCookieAttributes: { sameSite: 'lax', httpOnly: true },
      ipAddress: { ipAddressHeaders: [CLIENT_IP_HEADER] },
      database: { generateId: () => uuidv7() },
    },
    session: { expiresIn: 60 * DAY, updateAge: DAY },
    emailAndPassword: {
      enabled: true,
      minPasswordLength: PASSWORD_MIN_LENGTH,
      maxPasswordLength: 200,
      autoSignIn: true,
      ...(passwords ? { password: passwords } : {}),
    },
    user: {
      additionalFields: PERSON_FIELDS,
      deleteUser: { enabled: true, beforeDelete: ({ id }) => eraseAccount(id) },
    },
    rateLimit: { enabled: true, storage: 'database', window: 60, max: 600, customRules: credentialRules(config) },
    hooks: { before: createAuthMiddleware(async ({ path, body }) => refuseBadInput(path, body as Input)) },
  })
}

export type Auth = ReturnType<typeof createAuth>

/** What signing up takes; what is unknown here is looked at by Better Auth. */
const SignUp = PatchProfile.omit({ quietHours: true, digestAt: true, defaultReminder: true })
  .extend({
    image: z
      .url({ protocol: /^https$/, error: 'must be an https address' })
      .max(2_000, 'must be at most 2,000 characters'),
    email: z.unknown(),
    password: z.unknown(),
    rememberMe: z.unknown(),
    callbackURL: z.unknown(),
  })
  .partial()

type Input = Record<string, unknown>

/** Refuses what Better Auth would take, or refuse without naming the field; a profile is kept as ours are. */
function refuseBadInput(path: string, body: Input): { context: { body: Input } } | undefined {
  if (path === '/delete-user' && !body.password) {
    throw new APIError('BAD_REQUEST', { code: 'PASSWORD_NEEDED', message: 'Send your password to delete the account.' })
  }
  if (path !== '/sign-up/email' || Array.isArray(body)) return
  const parsed = SignUp.safeParse(body)
  if (parsed.success) return { context: { body: { ...body, ...parsed.data } } }
  const { message, errors } = invalidRequest(parsed.error, 'body', body)
  throw new APIError('BAD_REQUEST', { code: 'INVALID_PROFILE', message, errors })
}

/** Beside ten connections for all else. */
const CONNECTIONS_SHARE = 0.4

/** Its own pool: Better Auth wants dates as Date, we want them as text. */
export function openAuthPool(database: pg.Pool, onError: (error: Error) => void): pg.Pool {
  const { connectionString, enableChannelBinding, max } = database.options
  const { idleTimeoutMillis, keepAlive, connectionTimeoutMillis } = database.options
  const types = {
    getTypeParser: (oid: number) => (oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid)),
  }
  const pool = new pg.Pool({
    connectionString,
    enableChannelBinding,
    max: Math.ceil(max * CONNECTIONS_SHARE),
    // Sessions are looked up every few seconds: who asks first after a pause does not wait for a connection.
    min: 1,
    idleTimeoutMillis,
    keepAlive,
    connectionTimeoutMillis,
    application_name: 'todo-cloud auth',
    types,
  })
  pool.on('error', onError)
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}
