import { z } from 'zod'
import { LogLevel, loadConfig } from '../config.ts'
import { openDatabase } from '../db.ts'
import { errorMessage } from '../errors.ts'
import { createLog } from '../log.ts'
import { migrate, rehearseMigrations } from '../migrate.ts'
import type { Migrator } from '../migrate.ts'
import type { MigrationSet } from '../migration-files.ts'
import { reach } from '../reach-database.ts'
import type { AnyService } from '../service.ts'
import { DatabaseUrl } from './config.ts'
import { migrationsOf } from './migrations-of.ts'

const MigrateConfig = z.object({ DATABASE_URL: DatabaseUrl, LOG_LEVEL: LogLevel.default('info') })

interface MigrateOptions {
  isDryRun: boolean
  say: (text: string) => void
}

/**
 * Migrates the database of a service, without a sidecar and beside a running version: a line per file.
 * @throws with one line that says what is wrong
 */
export async function migrateByCommand(
  service: AnyService,
  env: Record<string, string | undefined>,
  { isDryRun, say }: MigrateOptions,
): Promise<void> {
  const sets = migrationsOf(service)
  if (sets.length === 0) return say(`${service.name}: it has no migrations\n`)
  try {
    const { DATABASE_URL: url, LOG_LEVEL } = loadConfig(MigrateConfig, env)
    const log = createLog(service.name, LOG_LEVEL, process.stderr)
    const { direct: pool, close } = openDatabase({ url, name: `${service.name} migrate`, log, maxConnections: 1 })
    try {
      await reach(pool, 'DATABASE_URL')
      await (isDryRun ? rehearse({ pool, log }, sets, say) : apply({ pool, log }, sets, say))
    } finally {
      await close()
    }
  } catch (error) {
    throw new Error(`${service.name}: ${errorMessage(error).replaceAll(/\s*\n\s*/g, ' ')}`, { cause: error })
  }
}

type Say = MigrateOptions['say']

async function apply(migrator: Migrator, sets: readonly MigrationSet[], say: Say): Promise<void> {
  const onApplied = (owner: string, file: string) => say(`${owner}/${file}: applied\n`)
  for (const set of sets) {
    const files = await migrate({ ...migrator, onApplied }, set)
    if (files.length === 0) say(`${set.owner}: nothing to do\n`)
  }
}

async function rehearse(migrator: Migrator, sets: readonly MigrationSet[], say: Say): Promise<void> {
  for (const { owner, files } of await rehearseMigrations(migrator, sets)) {
    for (const file of files) say(`${owner}/${file}: would be applied\n`)
    if (files.length === 0) say(`${owner}: nothing to do\n`)
  }
}
