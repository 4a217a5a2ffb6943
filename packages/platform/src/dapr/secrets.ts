import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { given } from '../config.ts'
import type { DaprClient } from './client.ts'
import type { SidecarConfig } from './config.ts'

type Env = Record<string, string | undefined>

const Secret = z.record(z.string(), z.string())
const PATIENCE_MS = 60_000
const ASK_AGAIN_MS = 250

/** The environment, with what only the secret store has: the key `database-url` is DATABASE_URL. */
export async function withSecrets(env: Env, client: DaprClient, config: SidecarConfig): Promise<Env> {
  const { SECRET_STORE: store, SECRET_NAME: names } = config
  if (!store) return env
  const secrets = await Promise.all(names.map((name) => readSecret(client, `/v1.0/secrets/${store}/${name}`)))
  const settings = secrets
    .flatMap((secret) => Object.entries(secret))
    .map(([key, value]) => [key.toUpperCase().replaceAll('-', '_'), value])
  return { ...Object.fromEntries(settings), ...given(env) } as Env
}

/** The sidecar starts at the same time, and has to load its components first. */
async function readSecret(client: DaprClient, path: string): Promise<z.infer<typeof Secret>> {
  const deadline = Date.now() + PATIENCE_MS
  for (;;) {
    try {
      const { text } = await client.send({ method: 'GET', path })
      return Secret.parse(JSON.parse(text))
    } catch (error) {
      if (Date.now() >= deadline) throw error
      await delay(ASK_AGAIN_MS)
    }
  }
}
