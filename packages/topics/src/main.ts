import { setTimeout as delay } from 'node:timers/promises'
import { ConfigError, loadConfig } from '@todo/platform/config'
import { applyTopics } from './apply-topics.ts'
import { accessOf, TopicsConfig } from './config.ts'
import { explain } from './explain.ts'
import { withAdmin } from './kafka-admin.ts'
import { topicSettings } from './topics.ts'

const AGAIN_AFTER_MS = 1_000

const say = (line: string) => void process.stdout.write(`${line}\n`)

/** @returns whether the topics are as the file says, in the end */
async function makeTopics(config: TopicsConfig): Promise<boolean> {
  const deadline = Date.now() + config.WAIT_SECONDS * 1_000
  const topics = topicSettings()
  let last = ''
  for (;;) {
    try {
      await withAdmin(accessOf(config), (admin) =>
        applyTopics(admin, { topics, replication: config.REPLICATION, tell: say }),
      )
      say(`${topics.length} topics are as they should be.`)
      return true
    } catch (error) {
      const problem = explain(error, config)
      if (problem !== last) process.stderr.write(`${problem}\n`)
      last = problem
      if (Date.now() + AGAIN_AFTER_MS > deadline) return false
      await delay(AGAIN_AFTER_MS)
    }
  }
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1))
try {
  process.exitCode = (await makeTopics(loadConfig(TopicsConfig, process.env))) ? 0 : 1
} catch (error) {
  if (!(error instanceof ConfigError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
