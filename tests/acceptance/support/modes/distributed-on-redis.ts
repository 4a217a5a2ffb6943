import { eventsInStreams, startRedis } from '../redis.ts'
import { distributed } from './distributed.ts'
import type { Mode } from './mode.ts'

/** The same with Redis Streams in place of Kafka. */
export const distributedOnRedis: Mode = {
  ...distributed,
  startBus: async () => {
    const redis = await startRedis()
    return { address: redis.address, env: { REDIS_HOST: redis.address }, stop: redis.stop }
  },
  events: async ({ busAddress }) => (busAddress ? eventsInStreams(busAddress) : []),
}
