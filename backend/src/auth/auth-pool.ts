import pg from 'pg'

/** Beside ten connections for all else. */
const CONNECTIONS_SHARE = 0.4

/** Its own pool: Better Auth wants dates as Date, we want them as text. */
export function openAuthPool(database: pg.Pool, onError: (error: Error) => void): pg.Pool {
  const { connectionString, enableChannelBinding, max } = database.options
  const { idleTimeoutMillis, keepAlive, connectionTimeoutMillis } = database.options
  const types = {
    getTypeParser: (oid: number) => (oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid)),
  }
  const pool = new pg.Pool({
    connectionString,
    enableChannelBinding,
    max: Math.ceil(max * CONNECTIONS_SHARE),
    // Sessions are looked up every few seconds: who asks first after a pause does not wait for a connection.
    min: 1,
    idleTimeoutMillis,
    keepAlive,
    connectionTimeoutMillis,
    application_name: 'todo-cloud auth',
    types,
  })
  pool.on('error', onError)
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}
