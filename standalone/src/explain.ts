import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { errorMessage } from '@todo/platform/errors'
import { PostgresStartError } from '@todo/platform/postgres/start-error'
import { StartError } from './start-error.ts'

/** PostgreSQL's error codes (its manual, appendix A) and what they mean for whoever starts the app. */
const DATABASE_REASONS: Record<string, string> = {
  '28P01': 'refuses the password: correct it in DATABASE_URL',
  '28000': 'refuses this user: correct it in DATABASE_URL',
  '3D000': 'has no database of that name: create it, or correct DATABASE_URL',
  '42501': 'does not let this user make schemas, tables and extensions: give it the right to',
  '53300': 'has no connection left: raise its max_connections',
  '53100': 'has a full disk: free some space',
  ENOTFOUND: 'cannot be found by that name: correct DATABASE_URL',
  EAI_AGAIN: 'cannot be found by that name: correct DATABASE_URL',
  ECONNREFUSED: 'cannot be reached, nothing listens there: start it, or correct DATABASE_URL',
}

/** Why a database of the person's own does not let us in. Its address without the password. */
export function explainDatabaseError(error: unknown, url: string): StartError {
  const { host, pathname } = new URL(url)
  const reason = DATABASE_REASONS[codeOf(error)] ?? `cannot be used (${firstLine(error)}): check DATABASE_URL`
  return new StartError(`The database ${host}${pathname} ${reason}.`, { cause: error })
}

/** Why a start failed at what was asked of the person's own database once it had let us in; other errors come back as they are. */
export function explainStatementError(error: unknown, url: string | undefined): unknown {
  const code = codeOf(error)
  const isServersWord = /^\d/.test(code) && code in DATABASE_REASONS
  return url !== undefined && isServersWord && !(error instanceof StartError) ? explainDatabaseError(error, url) : error
}

/** Why the built-in database did not start, from its own words; on a full disk it could not write them down. */
export async function explainPostgresError(error: unknown, dataFolder: string): Promise<unknown> {
  if (codeOf(error) === 'ENOENT' && errorMessage(error).includes('setpriv')) {
    return new StartError(
      `PostgreSQL does not run as root, and only root may enter ${dataFolder}: move it, or start as another user.`,
    )
  }
  if (!(error instanceof PostgresStartError)) return explainFileError(error, dataFolder)
  const { message } = error
  if (/No space left on device/.test(message) || !(await hasRoom(dataFolder))) return diskFull(dataFolder, error)
  if (/incompatible with server/.test(message)) {
    return new StartError(
      `The database in ${dataFolder} was made by another version of PostgreSQL: use the version of Todo Cloud that made it.`,
    )
  }
  return new StartError(`The built-in database did not start: ${firstLine(error)} (more in ${dataFolder}/postgres.log)`)
}

/** More than a start writes down about itself. */
const ROOM_BYTES = 64 * 1024

/** Asks the disk by writing to it: only that knows of quotas too. */
async function hasRoom(folder: string): Promise<boolean> {
  const probe = join(folder, 'room')
  try {
    await writeFile(probe, Buffer.alloc(ROOM_BYTES), { flush: true })
    return true
  } catch (error) {
    return !FULL.has(codeOf(error))
  } finally {
    await rm(probe, { force: true })
  }
}

const FULL = new Set(['ENOSPC', 'EDQUOT', '53100'])

/** Why a file of the data folder cannot be written; other errors come back as they are. */
export function explainFileError(error: unknown, dataFolder: string): unknown {
  if (error instanceof StartError) return error
  // A recursive mkdir says of a read-only disk that the folder is not there.
  const code = syscallOf(error) === 'mkdir' ? codeOf(error).replace('ENOENT', 'EROFS') : codeOf(error)
  if (FULL.has(code)) return diskFull(dataFolder, error)
  switch (code) {
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new StartError(`${dataFolder} cannot be written: allow it, or set DATA_DIR to another folder.`)
    case 'ENOTDIR':
    case 'EEXIST':
      return new StartError(`${dataFolder} is not a folder: set DATA_DIR to one.`)
    default:
      return error
  }
}

/** Why the port cannot be listened on; other errors come back as they are. */
export function explainListenError(error: unknown, { HOST, PORT }: { HOST: string; PORT: number }): unknown {
  if (!['listen', 'getaddrinfo'].includes(syscallOf(error))) return error
  switch (codeOf(error)) {
    case 'EADDRINUSE':
      return new StartError(
        `Port ${PORT} of ${HOST} is taken by another program: stop that, or start with PORT=${PORT + 1}.`,
      )
    case 'EACCES':
      return new StartError(`Port ${PORT} may not be used by this user: start with a PORT above 1023.`)
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new StartError(`${HOST} is not an address of this machine: correct HOST.`)
    default:
      return error
  }
}

function diskFull(dataFolder: string, cause: unknown): StartError {
  return new StartError(`The disk of ${dataFolder} is full: free some space and start again.`, { cause })
}

function codeOf(error: unknown): string {
  if (error instanceof AggregateError) return codeOf(error.errors[0])
  if (!(error instanceof Error)) return ''
  const { code, cause } = error as NodeJS.ErrnoException
  return code ?? codeOf(cause)
}

function syscallOf(error: unknown): string {
  return (error as NodeJS.ErrnoException | null)?.syscall ?? ''
}

function firstLine(error: unknown): string {
  return errorMessage(error).split('\n')[0] ?? ''
}
