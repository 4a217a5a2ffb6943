import type { MigrationSet } from '../migration-files.ts'
import { PLATFORM_MIGRATIONS } from '../platform-tables.ts'
import type { AnyService } from '../service.ts'
import { LETTER_KEEPER } from './topics.ts'

/** What a service has to have in its database, in the order in which it is made. */
export function migrationsOf({ name, migrations }: AnyService): MigrationSet[] {
  if (!migrations) return []
  const own = { owner: name, folder: migrations }
  return name === LETTER_KEEPER ? [PLATFORM_MIGRATIONS, own] : [own]
}
