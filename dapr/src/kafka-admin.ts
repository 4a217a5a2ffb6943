import { Admin } from '@platformatic/kafka'

const REQUEST_MS = 5_000

/** Does something with an administrator of the broker, and hangs up. */
export async function withAdmin<T>(brokers: string, use: (admin: Admin) => Promise<T>): Promise<T> {
  const settings = { clientId: 'todo-cloud-admin', retries: 0, connectTimeout: REQUEST_MS, requestTimeout: REQUEST_MS }
  const admin = new Admin({ ...settings, bootstrapBrokers: [brokers], timeout: REQUEST_MS })
  try {
    return await use(admin)
  } finally {
    await admin.close()
  }
}
