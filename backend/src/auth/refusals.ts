import { APIError } from 'better-auth'
import { z } from 'zod'
import { PatchProfile } from '@todo/model/api'
import { invalidRequest } from '@todo/platform/http/problem'
import type { BackendConfig } from '../config.ts'

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
export function refuseInput(
  { path, body }: { path: string; body: Input },
  { SIGN_UP }: Pick<BackendConfig, 'SIGN_UP'>,
): { context: { body: Input } } | undefined {
  if (path === '/delete-user' && !body.password) throw passwordNeeded('delete the account')
  if (path !== '/sign-up/email') return
  if (SIGN_UP === 'closed') throw signUpIsClosed()
  if (Array.isArray(body)) return
  const parsed = SignUp.safeParse(body)
  if (parsed.success) return { context: { body: { ...body, ...parsed.data } } }
  const { message, errors } = invalidRequest(parsed.error, 'body', body)
  throw new APIError('BAD_REQUEST', { code: 'INVALID_PROFILE', message, errors })
}

export const notSignedIn = () =>
  new APIError('UNAUTHORIZED', { code: 'UNAUTHORIZED', message: 'Sign in first: there is no valid session.' })

const signUpIsClosed = () =>
  new APIError('FORBIDDEN', {
    code: 'SIGN_UP_CLOSED',
    message: 'New accounts are not made here: ask whoever runs this server.',
  })

/** @param what it is needed for, after "to" */
export const passwordNeeded = (what: string) =>
  new APIError('BAD_REQUEST', { code: 'PASSWORD_NEEDED', message: `Send your password to ${what}.` })

export const tooManyLinks = () =>
  new APIError('TOO_MANY_REQUESTS', {
    code: 'TOO_MANY_LINKS',
    message: 'That was three mails in a quarter of an hour: look for them before you ask for another.',
  })

/** As Better Auth says it of a link that was cut off, was used, or is over. */
export const noSuchLink = () => new APIError('BAD_REQUEST', { code: 'INVALID_TOKEN', message: 'Invalid token' })
