import { loadConfig } from '../config.ts'
import { openDatabase } from '../db.ts'
import type { OpenDeadLetters } from '../dead-letters/run-command.ts'
import type { Log } from '../log.ts'
import { DaprClient } from './client.ts'
import { SidecarConfig, WithDatabase } from './config.ts'
import { DaprDeadLetters } from './dead-letters.ts'
import { DaprInvoke } from './invoke.ts'
import { withSecrets } from './secrets.ts'

type Env = Record<string, string | undefined>

const DatabaseConfig = WithDatabase.pick({ DATABASE_URL: true })

/**
 * The letters of the distributed mode, for a command beside the service that keeps them.
 * @param env that of the service
 */
export async function openDaprDeadLetters(env: Env, log: Log): Promise<OpenDeadLetters> {
  const sidecar = loadConfig(SidecarConfig, env)
  const client = new DaprClient({ port: sidecar.DAPR_HTTP_PORT, token: sidecar.DAPR_API_TOKEN })
  const { DATABASE_URL: url } = loadConfig(DatabaseConfig, await withSecrets(env, client, sidecar))
  const { pool, close } = openDatabase({ url, name: 'deadletters', log, maxConnections: 1 })
  return { letters: new DaprDeadLetters(pool, new DaprInvoke({ client, streamAddresses: {} })), close }
}
