import { Admin } from '@platformatic/kafka'

const REQUEST_MS = 5_000

/** Where a cluster is, and how it is talked to. */
export interface KafkaAccess {
  /** Some of its brokers, as host:port; they name the others. */
  brokers: readonly string[]
  /** Without it the connection is plain. `ca`: certificates in PEM form; those of the system when left out. */
  tls?: { ca?: string }
  sasl?: { mechanism: 'PLAIN' | 'SCRAM-SHA-256' | 'SCRAM-SHA-512'; username: string; password: string }
}

/** Does something with an administrator of the cluster, and hangs up. */
export async function withAdmin<T>(kafka: string | KafkaAccess, use: (admin: Admin) => Promise<T>): Promise<T> {
  const { brokers, ...access } = typeof kafka === 'string' ? { brokers: [kafka] } : kafka
  const settings = { clientId: 'todo-cloud-admin', retries: 0, connectTimeout: REQUEST_MS, requestTimeout: REQUEST_MS }
  const admin = new Admin({ ...settings, ...access, bootstrapBrokers: [...brokers], timeout: REQUEST_MS })
  try {
    return await use(admin)
  } finally {
    await admin.close()
  }
}
