import { existsSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import type { KafkaAccess } from './kafka-admin.ts'

const MECHANISMS = { plain: 'PLAIN', 'scram-sha-256': 'SCRAM-SHA-256', 'scram-sha-512': 'SCRAM-SHA-512' } as const

const BROKER = /^[^\s,:]+:\d{1,5}$/

const Brokers = z
  .string({ error: 'is needed: the brokers of Kafka, such as kafka-0.example.org:9092,kafka-1.example.org:9092' })
  .transform((text) => text.split(',').map((broker) => broker.trim()))
  .refine((brokers) => brokers.every((broker) => BROKER.test(broker)), {
    error: 'must be host:port, several separated by commas, such as kafka-0:9092,kafka-1:9092',
  })

/** The settings of the program that makes the topics. */
export const TopicsConfig = z
  .object({
    KAFKA_BROKERS: Brokers.describe('Brokers of the cluster, as host:port, separated by commas'),
    KAFKA_TLS: z
      .enum(['true', 'false'], { error: 'must be true or false' })
      .default('false')
      .describe('Whether the brokers are spoken to by TLS'),
    KAFKA_CA_FILE: z
      .string()
      .refine((file) => existsSync(file), 'must be a file that can be read, with certificates in PEM form')
      .optional()
      .describe('Certificates that the brokers are trusted by; those of the system when left out'),
    KAFKA_SASL_MECHANISM: z
      .enum(['none', 'plain', 'scram-sha-256', 'scram-sha-512'], {
        error: 'must be one of none, plain, scram-sha-256, scram-sha-512',
      })
      .default('none')
      .describe('How this program says who it is'),
    KAFKA_USERNAME: z.string().optional().describe('Who it is, with a mechanism'),
    KAFKA_PASSWORD: z.string().optional().describe('Its password, with a mechanism'),
    REPLICATION: z.coerce
      .number({ error: 'must be a number, such as 3' })
      .int('must be a whole number')
      .min(1, 'must be 1 or more')
      .max(7, 'must be 7 or less')
      .default(1)
      .describe('Copies of each new topic: 3 where there are three brokers or more'),
    WAIT_SECONDS: z.coerce
      .number({ error: 'must be a number of seconds, such as 300' })
      .min(0, 'must be 0 or more')
      .default(300)
      .describe('How long it tries again when it cannot do it, such as while Kafka starts'),
  })
  .superRefine((config, context) => {
    if (config.KAFKA_SASL_MECHANISM === 'none') return
    for (const name of ['KAFKA_USERNAME', 'KAFKA_PASSWORD'] as const) {
      const message = `is needed: KAFKA_SASL_MECHANISM is ${config.KAFKA_SASL_MECHANISM}`
      if (!config[name]) context.addIssue({ code: 'custom', path: [name], message })
    }
  })
export type TopicsConfig = z.infer<typeof TopicsConfig>

/** How the cluster is talked to, as the settings say. */
export function accessOf(config: TopicsConfig): KafkaAccess {
  const { KAFKA_SASL_MECHANISM: mechanism, KAFKA_USERNAME: username = '', KAFKA_PASSWORD: password = '' } = config
  const ca = config.KAFKA_CA_FILE && readFileSync(config.KAFKA_CA_FILE, 'utf8')
  return {
    brokers: config.KAFKA_BROKERS,
    ...(config.KAFKA_TLS === 'true' ? { tls: ca ? { ca } : {} } : {}),
    ...(mechanism === 'none' ? {} : { sasl: { mechanism: MECHANISMS[mechanism], username, password } }),
  }
}
