import { StartError } from '@todo/standalone/start-error'
import { daprBinaries, isDaprBuilt } from './dapr-binaries.ts'
import { kafkaJars } from './kafka-jars.ts'
import type { Surroundings } from './surroundings.ts'
import { findGo, findJava } from './toolchain.ts'

interface Wanted {
  kafka: boolean
}

/**
 * Everything that has to be on this machine before anything is started: fetched and built at the first time.
 * @throws StartError with a line for each thing that is missing
 */
export async function prepareRuntimes(surroundings: Surroundings, { kafka }: Wanted): Promise<void> {
  const { env } = surroundings
  const isBuilt = await isDaprBuilt(env)
  const tools = await Promise.allSettled([...(kafka ? [findJava(env)] : []), ...(isBuilt ? [] : [findGo(env)])])
  const missing = tools.flatMap((tool) => (tool.status === 'rejected' ? [(tool.reason as Error).message] : []))
  if (missing.length > 0) throw new StartError(missing.join('\n'))
  await Promise.all([...(kafka ? [kafkaJars(surroundings)] : []), daprBinaries(surroundings)])
}
