import { errorMessage } from '@todo/platform/errors'

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens there',
  ECONNRESET: 'the connection broke off',
  EHOSTUNREACH: 'no way leads there',
  ENETUNREACH: 'no way leads there',
  ENODATA: 'its name leads nowhere',
  ENOTFOUND: 'its name leads nowhere',
  EAI_AGAIN: 'its name could not be looked up',
  ETIMEDOUT: 'it does not answer',
}

/** Why a connection failed, in words for the person whose channel it is; the code is for whoever helps them. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const words = Object.hasOwn(REASONS, code) ? REASONS[code] : undefined
  return words === undefined ? errorMessage(error) : `${words} (${code})`
}
