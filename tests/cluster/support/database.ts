import { kubectl } from './commands.ts'
import { RELEASE } from './release.ts'
import type { Release } from './release.ts'

/** Of the release's own PostgreSQL, brought to this machine. */
export async function databaseUrlOf({ namespace, postgresPort }: Release): Promise<string> {
  const path = '--output=jsonpath={.data.database-url}'
  const encoded = await kubectl('get', 'secret', `${RELEASE}-database`, '-n', namespace, path)
  const url = new URL(Buffer.from(encoded, 'base64').toString())
  url.host = `127.0.0.1:${postgresPort}`
  return url.href
}
