import { withClient } from './captured-events.ts'
import type { App } from '../mode.ts'
import { inMs } from './days.ts'
import type { Person } from './person.ts'

/** Makes this very minute the hour of the person's digest, as if it had been so since yesterday. */
export async function makeItDigestHour({ databaseUrl }: App, person: Person): Promise<void> {
  const { id } = await person.ok('PATCH', '/me', { digestAt: inMs(0).slice(11, 16) })
  await withClient(databaseUrl!, (client) => client.query('update digest set next_at = now() where user_id = $1', [id]))
}
