import { AppError } from './errors.ts'

/** What PostgreSQL and the network say when the database is gone or going: worth another try. */
const CODES =
  /^(ECONN(REFUSED|RESET|ABORTED)|E(HOST|NET)UNREACH|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|25P03|57P0[123]|53[0-9A-Z]{3}|08[0-9A-Z]{3})$/
/** A server of this machine that starts again makes its socket anew, or has more who wait at it than there is room for. */
const CONNECT_CODES = /^(ENOENT|EAGAIN)$/
const MESSAGES =
  /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error/

/** PostgreSQL's code for it. */
export const DISK_FULL = '53100'

/** Whether it is the disk that is full: the database is there and can be read. */
export function isDiskFull(error: unknown): boolean {
  if (error instanceof AggregateError && error.errors.length > 0) return error.errors.some(isDiskFull)
  if (!(error instanceof Error)) return false
  return (error as NodeJS.ErrnoException).code === DISK_FULL || isDiskFull(error.cause)
}

/** Whether a failure says only that something we stand on is away, and nothing about what was to be done. */
export function isUnavailable(error: unknown): boolean {
  if (error instanceof AggregateError && error.errors.length > 0) return error.errors.some(isUnavailable)
  if (!(error instanceof Error)) return false
  if (error instanceof AppError) return error.code === 'unavailable'
  const { code = '', syscall } = error as NodeJS.ErrnoException
  if (CODES.test(code) || (syscall === 'connect' && CONNECT_CODES.test(code)) || MESSAGES.test(error.message))
    return true
  return isUnavailable(error.cause)
}
