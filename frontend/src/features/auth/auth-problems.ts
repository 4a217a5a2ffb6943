import { ApiError, describeError, describeWait } from '../../api/api-error.ts'

const WORDS: Readonly<Record<string, string>> = {
  INVALID_EMAIL_OR_PASSWORD: 'The e-mail address or the password is wrong.',
  USER_ALREADY_EXISTS: 'There is an account with this e-mail address already. Sign in instead.',
  USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL: 'There is an account with this e-mail address already. Sign in instead.',
  INVALID_EMAIL: 'This is not an e-mail address.',
  PASSWORD_TOO_SHORT: 'The password needs at least 8 characters.',
  PASSWORD_TOO_LONG: 'The password is too long: at most 200 characters.',
  INVALID_PASSWORD: 'The password is wrong.',
  EMAIL_ALREADY_VERIFIED: 'This address is confirmed already.',
  SIGN_UP_CLOSED: 'This server makes no new accounts: ask whoever runs it.',
  TOO_MANY_LINKS: 'That was three mails in a quarter of an hour: look for them before you ask for another.',
}

/** What went wrong with credentials, and what to do. */
export function describeAuthError(error: unknown): string {
  if (!(error instanceof ApiError)) return describeError(error)
  const words = WORDS[error.code]
  if (words !== undefined) return words
  if (error.status === 429) return `Too many tries. Try again ${describeWait(error.retryAfterSeconds)}.`
  return describeError(error)
}
