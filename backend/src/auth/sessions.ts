import { LRUCache } from 'lru-cache'
import { AppError } from '@todo/platform/errors'
import type { Auth } from './auth.ts'
import { askAuth } from './failures.ts'

export interface Session {
  userId: string
  /** When the session ends by itself, in epoch milliseconds. */
  expiresAt: number
}

export interface FoundSession {
  session: Session
  /** Set-Cookie lines that renew the session; empty from the cache. */
  cookies: string[]
}

/**
 * How long a session that was ended in another replica is still believed here. In this process ending it counts at
 * once. Checking each request with the database cost more than all else that a request does.
 */
const STALE_MS = 10_000

const COOKIE = /(?:^|;\s*)(?:__Secure-)?todo-cloud\.session_token=([^;]+)/

/** Whether a browser may have a session: without this cookie it certainly has none. */
export const hasSessionCookie = (cookieHeader: string | undefined): boolean => COOKIE.test(cookieHeader ?? '')

/** Who a request comes from, by its session cookie. */
export class Sessions {
  readonly #auth: Auth
  readonly #now: () => Date
  #forgotten = 0
  readonly #cache = new LRUCache<string, Session>({ max: 20_000, ttl: STALE_MS })

  constructor(auth: Auth, now: () => Date) {
    this.#auth = auth
    this.#now = now
  }

  /** @throws 401 when there is no valid session */
  async require(cookieHeader: string | undefined): Promise<FoundSession> {
    const token = cookieHeader === undefined ? undefined : COOKIE.exec(cookieHeader)?.[1]
    if (token === undefined) throw notSignedIn()
    const cached = this.#cache.get(token)
    if (cached && cached.expiresAt > this.#now().getTime()) return { session: cached, cookies: [] }
    const forgotten = this.#forgotten
    const asked = { headers: new Headers({ cookie: cookieHeader! }), returnHeaders: true } as const
    const { result } = await askAuth(() => this.#auth.api.getSession(asked))
    const { headers, response } = result
    if (!response) throw notSignedIn()
    const { user, session } = response
    const found = {
      userId: user.id,
      expiresAt: session.expiresAt.getTime(),
    }
    // What was forgotten in between may have ended this session after it was read.
    if (forgotten === this.#forgotten) this.#cache.set(token, found)
    return { session: found, cookies: headers.getSetCookie() }
  }

  /** Whose session it is; undefined when it is nobody's. */
  async ownerOf(cookieHeader: string | undefined): Promise<string | undefined> {
    try {
      return (await this.require(cookieHeader)).session.userId
    } catch (error) {
      if (error instanceof AppError && error.code === 'not-signed-in') return undefined
      throw error
    }
  }

  /** After anything that may end sessions: signing out, a new password, the end of the account. */
  forget({ cookieHeader, userId }: { cookieHeader?: string | undefined; userId?: string | undefined }): void {
    this.#forgotten += 1
    const token = cookieHeader === undefined ? undefined : COOKIE.exec(cookieHeader)?.[1]
    if (token !== undefined) this.#cache.delete(token)
    if (userId === undefined) return
    for (const [key, session] of this.#cache.entries()) if (session.userId === userId) this.#cache.delete(key)
  }
}

function notSignedIn(): AppError {
  return new AppError('not-signed-in', 'There is no valid session: sign in at /api/auth/sign-in/email.')
}
