import { fileURLToPath } from 'node:url'
import { SERVICE_NAMES } from '@todo/platform/service'
import type { ServiceName } from '@todo/platform/service'
import type { Secrets } from '@todo/standalone/secrets'

/** What only some services may know. */
export type Confidences = Omit<Secrets, 'DATABASE_PASSWORD'> & { DATABASE_URL: string; DATABASE_POOLED_URL: string }

const CONFIDENCES: Record<ServiceName, readonly (keyof Confidences)[]> = {
  backend: ['DATABASE_URL', 'DATABASE_POOLED_URL', 'AUTH_SECRET', 'STREAM_SECRET', 'CHANNEL_SECRET'],
  'recurring-task': [],
  notification: ['CHANNEL_SECRET'],
  audit: ['DATABASE_URL', 'DATABASE_POOLED_URL'],
  realtime: ['STREAM_SECRET'],
}

export type ServiceMains = Record<ServiceName, string>

/** The program of each service. */
export const SERVICE_MAINS = Object.fromEntries(
  SERVICE_NAMES.map((name) => {
    const folder = name === 'backend' ? 'backend' : `consumers/${name}`
    return [name, fileURLToPath(new URL(`../../${folder}/src/main.ts`, import.meta.url))]
  }),
) as ServiceMains

/**
 * What a service is told: everything that is no secret, and of the secrets those that it needs. Who gets hold of one
 * service does not have the secrets of all.
 */
export function settingsOf(
  service: ServiceName,
  given: Record<string, string>,
  confidences: Confidences,
): Record<string, string> {
  const open = Object.entries(given).filter(([name]) => !(name in confidences))
  const own = CONFIDENCES[service].map((name) => [name, confidences[name]])
  return Object.fromEntries([...open, ...own]) as Record<string, string>
}
