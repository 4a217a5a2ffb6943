import type { MigrationSet } from './migration-files.ts'

/** The tables that the platform itself has in a database, in either mode. */
export const PLATFORM_MIGRATIONS: MigrationSet = {
  owner: 'platform',
  folder: new URL('../migrations/', import.meta.url),
}
