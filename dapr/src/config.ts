import { z } from 'zod'
import { WithDatabase } from '@todo/platform/dapr/config'
import { StandaloneConfig } from '@todo/standalone/config'

/** The settings of the distributed mode itself; each service adds its own. */
export const DistributedConfig = StandaloneConfig.omit({ HOST: true }).extend({
  ...WithDatabase.pick({ DATABASE_POOLED_URL: true, DATABASE_CONNECTIONS: true }).shape,
  REDIS_HOST: z
    .string()
    .regex(/^[^:/\s]+:\d+$/, 'must be host:port, such as localhost:6379')
    .optional()
    .describe('host:port of a Redis of yours, whose streams carry the events in place of Kafka'),
  REPLICAS: z.coerce
    .number({ error: 'must be a number, such as 2' })
    .int('must be a whole number')
    .min(1, 'must be 1 to 9')
    .max(9, 'must be 1 to 9')
    .default(1)
    .describe('How many processes of each service run; the first backend answers on PORT'),
  JAVA_HOME: z.string().optional().describe('The Java that Kafka runs on; the one on the PATH when left out'),
  KAFKA_JVM_PERFORMANCE_OPTS: z
    .string()
    .optional()
    .describe(
      'Options of the Java that Kafka runs on, such as -Xmx1g for much to do; what starts soonest when left out',
    ),
  MAVEN_REPOSITORY_URL: z.url().optional().describe('Where Kafka is fetched from; Maven Central when left out'),
  XDG_CACHE_HOME: z
    .string()
    .optional()
    .describe('Kafka and Dapr are kept in the folder todo-cloud there; in ~/.cache when left out'),
})
export type DistributedConfig = z.infer<typeof DistributedConfig>
