import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { startKafka } from '@todo/dapr/kafka'
import { startScheduler } from '@todo/dapr/scheduler'
import { createTopics } from '@todo/topics/apply-topics'
import { startTestPostgres } from '@todo/platform/testing/postgres'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Kafka of the test run, with the app's topics. */
    brokers: string
    /** Address of Dapr's scheduler of the test run. */
    schedulerAddress: string
  }
}

/** vitest's globalSetup: one PostgreSQL, one Kafka and one scheduler for the run, gone with everything in them. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'todo-cloud-distributed-'))
  const { env } = process
  const tell = (line: string) => process.stderr.write(`${line}\n`)
  const closers = [() => rm(folder, { recursive: true, force: true })]
  const close = async () => {
    for (const closer of closers.reverse()) await closer()
  }
  try {
    const postgres = await startTestPostgres()
    closers.push(postgres.close)
    const kafka = await startKafka({ dataFolder: join(folder, 'kafka'), env, tell })
    closers.push(kafka.stop)
    await createTopics(kafka.brokers)
    const scheduler = await startScheduler({ dataFolder: join(folder, 'scheduler'), env, tell })
    closers.push(scheduler.stop)
    project.provide('postgresUrl', postgres.url)
    project.provide('brokers', kafka.brokers)
    project.provide('schedulerAddress', scheduler.address)
    return close
  } catch (error) {
    await close()
    throw error
  }
}
