import type pg from 'pg'
import { errorMessage } from '../errors.ts'
import type { Log } from '../log.ts'
import type { ServiceName } from '../service.ts'
import type { SetState, StateEntry, StateStore } from '../state-store.ts'

const CLEANUP_MS = 60_000

/** The state store as a table: one row per service and key. */
export class EmbeddedStateStore implements StateStore {
  readonly #pool: pg.Pool
  readonly #service: ServiceName

  constructor(pool: pg.Pool, service: ServiceName) {
    this.#pool = pool
    this.#service = service
  }

  async get<T>(key: string): Promise<StateEntry<T> | null> {
    const { rows } = await this.#pool.query<StateEntry<T>>(
      `select value, etag from platform.state
       where service = $1 and key = $2 and (expires_at is null or expires_at > now())`,
      [this.#service, key],
    )
    return rows[0] ?? null
  }

  async set(key: string, value: unknown, { ifMatch, ttlSeconds }: SetState = {}): Promise<boolean> {
    const values = [this.#service, key, JSON.stringify(value), ttlSeconds ?? null]
    const { rowCount } = ifMatch
      ? await this.#pool.query(`${REPLACE} and etag = $5`, [...values, ifMatch])
      : await this.#pool.query(ifMatch === null ? CREATE : WRITE, values)
    return rowCount === 1
  }

  async delete(key: string): Promise<void> {
    await this.#pool.query('delete from platform.state where service = $1 and key = $2', [this.#service, key])
  }
}

const WRITE = `
  insert into platform.state as state (service, key, value, expires_at)
  values ($1, $2, $3, now() + make_interval(secs => $4))
  on conflict (service, key) do update
  set value = excluded.value, etag = excluded.etag, expires_at = excluded.expires_at`

/** An entry that has expired but is still there counts as none. */
const CREATE = `${WRITE} where state.expires_at <= now()`

const REPLACE = `
  update platform.state
  set value = $3, etag = gen_random_uuid()::text, expires_at = now() + make_interval(secs => $4)
  where service = $1 and key = $2 and (expires_at is null or expires_at > now())`

/** Removes expired entries, at once and then every minute. Answers how to stop it. */
export function startStateCleanup(pool: pg.Pool, log: Log, intervalMs: number = CLEANUP_MS): () => void {
  const clean = () =>
    void pool.query('delete from platform.state where expires_at <= now()').catch((error: unknown) => {
      log.debug({ error: errorMessage(error) }, 'expired state could not be removed')
    })
  clean()
  const timer = setInterval(clean, intervalMs).unref()
  return () => clearInterval(timer)
}
