import { expect, test } from 'vitest'
import { markIn, readMigrations } from '@todo/platform/migration-files'
import type { MigrationSet } from '@todo/platform/migration-files'
import { PLATFORM_MIGRATIONS } from '@todo/platform/platform-tables'
import { breakingStatements, deadlocksWithWriters } from '@todo/platform/testing/breaking-statements'
import { backendService } from '../src/service.ts'

/** Up to these, files were released before versions began to run beside each other. */
const LAST_UNMARKED: Record<string, string> = {
  platform: '0001-state-and-dead-letters.sql',
  backend: '0012-channels.sql',
  audit: '0001-history.sql',
}

const SETS: MigrationSet[] = [
  PLATFORM_MIGRATIONS,
  { owner: 'backend', folder: backendService.migrations! },
  { owner: 'audit', folder: new URL('../../consumers/audit/migrations/', import.meta.url) },
]

test.each(SETS)('no migration of $owner makes an index and then waits for those who wait for it', async (set) => {
  const files = (await readMigrations(set)).filter(({ file }) => file > LAST_UNMARKED[set.owner]!)
  const waiting = files.flatMap(({ file, sql }) => deadlocksWithWriters(sql).map((text) => `${file}: ${text}`))
  expect(waiting, 'Put what comes behind the index into a file of its own').toEqual([])
})

test.each(SETS)('a migration of $owner that an older version cannot live with says so', async (set) => {
  const files = await readMigrations(set)
  expect(files.length).toBeGreaterThan(0)
  const unmarked = files.filter(({ file, sql }) => file > LAST_UNMARKED[set.owner]! && markIn(sql) === null)
  const breaking = unmarked.flatMap(({ file, sql }) => breakingStatements(sql).map((what) => `${file} ${what}`))
  const advice = `Begin the file with "-- breaks: <last file of the versions that cannot>" or "-- breaks: nothing: <why>"`
  expect(breaking, advice).toEqual([])
})
