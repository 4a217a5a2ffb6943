// Before npm run test:distributed: fetches Kafka and builds Dapr into the cache folder, where they are not there yet.
import { prepareRuntimes } from '@todo/dapr/runtimes'
import { StartError } from '@todo/standalone/start-error'

try {
  await prepareRuntimes({ env: process.env, tell: (line) => console.log(line) }, { kafka: true })
} catch (error) {
  if (!(error instanceof StartError)) throw error
  console.error(error.message)
  process.exitCode = 1
}
