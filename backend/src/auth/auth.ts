import { betterAuth } from 'better-auth'
import type { BetterAuthOptions } from 'better-auth'
import { verifyJWT } from 'better-auth/crypto'
import { createAuthMiddleware, createEmailVerificationToken, getSessionFromCtx } from 'better-auth/api'
import { Kysely, PostgresDialect } from 'kysely'
import type pg from 'pg'
import { v7 as uuidv7 } from 'uuid'
import type { BackendConfig } from '../config.ts'
import type { AccountEffects } from './account-effects.ts'
import { LINK_SECONDS } from './account-links.ts'
import { askForAddress } from './ask-for-address.ts'
import { endSignIn, notePassword, passwordNoted } from './credential.ts'
import type { Asked } from './credential.ts'
import { beginReset, PASSWORD_LENGTH, setPassword } from './set-password.ts'
import { noteFailures } from './failures.ts'
import { noSuchLink, notSignedIn, refuseInput } from './refusals.ts'

/** Carries the peer's address into Better Auth; whatever a client sends under this name is overwritten. */
export const CLIENT_IP_HEADER = 'x-todo-client-ip'

/** How passwords are kept, and known again. */
export interface Passwords {
  hash: (password: string) => Promise<string>
  verify: (given: { hash: string; password: string }) => Promise<boolean>
}

export interface AuthOptions {
  config: BackendConfig
  pool: pg.Pool
  /** Those of Better Auth when left out: scrypt, which takes a tenth of a second and 16 MiB for each. */
  passwords?: Passwords | undefined
  effects: AccountEffects
}

const DAY = 24 * 60 * 60
const CREDENTIAL_PATHS = [
  '/sign-in/email',
  '/sign-up/email',
  '/change-password',
  '/change-email',
  '/delete-user',
  '/request-password-reset',
  '/reset-password',
  '/send-verification-email',
]

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
export function createAuth(options: AuthOptions) {
  const { config, pool, effects } = options
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
    ...linksAndPasswords(options),
    databaseHooks: {
      user: { create: confirmation(options) },
      account: { update: { before: (account, ctx) => setPassword(account, ctx as Asked | null, effects) } },
    },
    user: {
      additionalFields: PERSON_FIELDS,
      deleteUser: { enabled: true, beforeDelete: ({ id }, request) => effects.erase(id, passwordNoted(request)) },
    },
    rateLimit: { enabled: true, storage: 'database', window: 60, max: 600, customRules: credentialRules(config) },
    hooks: hooks(options),
  })
}

export type Auth = ReturnType<typeof createAuth>

/** What is ours on the way of a request to Better Auth, and back. */
function hooks(options: AuthOptions) {
  const { config, effects } = options
  return {
    before: createAuthMiddleware(async (ctx) => {
      // To others it would say who has an account here.
      if (ctx.path === '/send-verification-email' && !(await getSessionFromCtx(ctx))) throw notSignedIn()
      const refused = refuseInput(ctx, config)
      if (ctx.path === '/reset-password') await beginReset(ctx, effects)
      if (ctx.path === '/verify-email') await refuseAddressToken(ctx, config)
      await notePassword(ctx)
      if (ctx.path === '/change-email') return askForAddress(ctx, options)
      return refused
    }),
    after: createAuthMiddleware(async (ctx) => {
      if (ctx.path === '/sign-in/email') await endSignIn(ctx)
    }),
  }
}

function linksAndPasswords({ passwords, effects: { mailLink, passwordReset, emailConfirmed } }: AuthOptions) {
  return {
    emailAndPassword: {
      enabled: true,
      minPasswordLength: PASSWORD_LENGTH.min,
      maxPasswordLength: PASSWORD_LENGTH.max,
      autoSignIn: true,
      resetPasswordTokenExpiresIn: LINK_SECONDS['new-password'],
      sendResetPassword: ({ user, token }) => mailLink({ userId: user.id, purpose: 'new-password', token }),
      onPasswordReset: ({ user }) => passwordReset(user.id),
      ...(passwords ? { password: passwords } : {}),
    },
    emailVerification: {
      expiresIn: LINK_SECONDS['confirm-email'],
      sendVerificationEmail: ({ user, token }) => mailLink({ userId: user.id, purpose: 'confirm-email', token }),
      afterEmailVerification: ({ id }) => emailConfirmed(id),
    },
    // Who reads the database cannot follow the links in it.
    verification: { storeIdentifier: 'hashed' },
  } satisfies Partial<BetterAuthOptions>
}

/** Where nobody is asked whether an address is theirs, it is taken for theirs, also when they are asked later on. */
function confirmation({ config: { CONFIRM_EMAIL, AUTH_SECRET }, effects }: AuthOptions) {
  if (CONFIRM_EMAIL === 'off') {
    return { before: async (user: object) => ({ data: { ...user, emailVerified: true } }) }
  }
  return {
    // Once they are there: within the sign-up, whose transaction is not ours, nobody else sees them yet.
    after: async ({ id: userId, email }: { id: string; email: string }) => {
      const token = await createEmailVerificationToken(AUTH_SECRET, email, undefined, LINK_SECONDS['confirm-email'])
      await effects.welcome({ userId, purpose: 'confirm-email', token })
    },
  }
}

/** Links of Better Auth that change an address sign in whoever follows them; ours are taken by who is signed in. */
async function refuseAddressToken({ query }: Asked, { AUTH_SECRET }: BackendConfig): Promise<void> {
  const { token } = (query ?? {}) as { token?: unknown }
  const payload = typeof token === 'string' && (await verifyJWT<{ updateTo?: unknown }>(token, AUTH_SECRET))
  if (payload && payload.updateTo !== undefined) throw noSuchLink()
}
