import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject } from 'vitest'
import { renderComponents } from '@todo/dapr/components'
import type { RenderedComponents } from '@todo/dapr/components'
import { withAdmin } from '@todo/topics/kafka-admin'
import { topicSettings } from '@todo/topics/topics'
import { migrate } from '@todo/platform/migrate'
import { PLATFORM_MIGRATIONS } from '@todo/platform/platform-tables'
import { createLog } from '@todo/platform/log'
import { createTestDatabase } from '@todo/platform/testing/test-database'
import type { TestDatabase } from '@todo/platform/testing/test-database'

export const silent = createLog('test', process.env.SHOW_OUTPUT ? 'debug' : 'silent')

/** Where the apps of one test live: a database and a register of names of its own, and topics that look new. */
export interface House extends RenderedComponents {
  folder: string
  database: TestDatabase
  close: () => Promise<void>
}

/** @param brokers a Kafka of its own; that of the test run when left out */
export async function openHouse(brokers: string = inject('brokers')): Promise<House> {
  const folder = await mkdtemp(join(tmpdir(), 'todo-cloud-house-'))
  const database = await createTestDatabase()
  await migrate({ pool: database.database.pool, log: silent }, PLATFORM_MIGRATIONS)
  const rendered = await renderComponents({ folder, bus: { brokers }, databaseUrl: database.url })
  await everyoneMayUse(rendered, 'updates')
  await emptyTopics(brokers)
  const close = async () => {
    await database.close()
    await rm(folder, { recursive: true, force: true })
  }
  return { ...rendered, folder, database, close }
}

/** Apps of tests have names of their own. */
export async function everyoneMayUse(
  { componentsFolder }: Pick<RenderedComponents, 'componentsFolder'>,
  component: string,
): Promise<void> {
  const file = join(componentsFolder, `${component}.yaml`)
  const text = await readFile(file, 'utf8')
  await writeFile(file, text.replace(/^scopes:\n(?: {2}- .*\n)+/m, ''))
}

/** What tests before left is nobody's any more: a new consumer group begins with the oldest that is there. */
async function emptyTopics(brokers: string): Promise<void> {
  const topics = topicSettings().map(({ name, partitions }) => ({
    name,
    partitions: Array.from({ length: partitions }, (_, partition) => ({ partition, offset: -1n })),
  }))
  await withAdmin(brokers, (admin) => admin.deleteRecords({ topics }))
}
