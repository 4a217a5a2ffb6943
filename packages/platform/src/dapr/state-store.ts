import type { SetState, StateEntry, StateStore } from '../state-store.ts'
import { refusal } from './client.ts'
import type { DaprClient } from './client.ts'

const STORE = '/v1.0/state/state'
/** What the PostgreSQL component says, without a status of its own, when there was an entry where none should be. */
const TAKEN = 'no item was updated'

/** The state store behind Dapr. The sidecar puts the app id before every key, so that services see only their own. */
export class DaprStateStore implements StateStore {
  readonly #client: DaprClient

  constructor(client: DaprClient) {
    this.#client = client
  }

  async get<T>(key: string): Promise<StateEntry<T> | null> {
    const path = `${STORE}/${encodeURIComponent(key)}`
    const { status, headers, text } = await this.#client.send({ method: 'GET', path })
    if (status === 204 || text === '') return null
    return { value: JSON.parse(text) as T, etag: String(headers.etag ?? '') }
  }

  async set(key: string, value: unknown, { ifMatch, ttlSeconds }: SetState = {}): Promise<boolean> {
    const entry = {
      key,
      value,
      // First-write without an etag: only where there is none.
      ...(ifMatch === undefined ? {} : { options: { concurrency: 'first-write' } }),
      ...(ifMatch ? { etag: ifMatch } : {}),
      ...(ttlSeconds === undefined ? {} : { metadata: { ttlInSeconds: String(ttlSeconds) } }),
    }
    const headers = { 'content-type': 'application/json' }
    const body = JSON.stringify([entry])
    const { ok, status, text } = await this.#client.request({ method: 'POST', path: STORE, headers, body })
    if (ok) return true
    if (status === 409) return false
    if (ifMatch === null && text.includes(TAKEN)) return false
    throw refusal(status, text)
  }

  async delete(key: string): Promise<void> {
    await this.#client.send({ method: 'DELETE', path: `${STORE}/${encodeURIComponent(key)}` })
  }
}
