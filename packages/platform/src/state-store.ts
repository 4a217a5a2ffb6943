export interface StateEntry<T> {
  value: T
  /** Changes with every write. */
  etag: string
}

export interface SetState {
  /** The write happens only when the entry still has this etag; `null`: only when there is none. Left out: always. */
  ifMatch?: string | null
  /** The entry is gone after so many seconds. */
  ttlSeconds?: number
}

/** Small state that a service without tables of its own keeps. Keys belong to one service. */
export interface StateStore {
  get: <T>(key: string) => Promise<StateEntry<T> | null>
  /** False when `ifMatch` did not hold: someone else was faster. */
  set: (key: string, value: unknown, options?: SetState) => Promise<boolean>
  delete: (key: string) => Promise<void>
}
