export interface IngressRequest {
  method: 'GET' | 'POST' | 'PATCH'
  path: string
  headers: Record<string, string>
  body?: string
}

export interface IngressAnswer {
  /** 0 when there was none. */
  status: number
  body: unknown
  /** Why there was no answer, or what the app said when it refused. */
  failure: string | null
  tries: number
}

/** Then another replica is asked. */
const FIRST_TRY_MS = 5_000
/** As long as people's browsers and proxies wait at most. */
const LAST_TRY_MS = 30_000

/**
 * What stands before the backends, and who asks through it: takes turns, tries once more at another one when a connection
 * is refused or breaks, or nothing comes, and then at the first again, which may only have been slow while the other one
 * starts. The same request is sent, with the same `Idempotency-Key`.
 */
export class Ingress {
  readonly #addresses: string[]
  #turn = 0

  constructor(addresses: string[]) {
    this.#addresses = addresses
  }

  async send(request: IngressRequest): Promise<IngressAnswer> {
    const turn = this.#turn++
    const addressOf = (tryNumber: number) => this.#addresses[(turn + tryNumber) % this.#addresses.length]!
    const mayTryAgain = this.#addresses.length > 1
    const waits = mayTryAgain ? [FIRST_TRY_MS, LAST_TRY_MS, LAST_TRY_MS] : [LAST_TRY_MS]
    for (let tries = 1; ; tries += 1) {
      const answer = await once(addressOf(tries - 1), request, waits[tries - 1]!)
      if (answer.status !== 0 || tries === waits.length) return { ...answer, tries }
    }
  }
}

async function once(
  address: string,
  { method, path, headers, body }: IngressRequest,
  withinMs: number,
): Promise<Omit<IngressAnswer, 'tries'>> {
  try {
    const init = { method, headers, signal: AbortSignal.timeout(withinMs), ...(body === undefined ? {} : { body }) }
    const response = await fetch(`${address}${path}`, init)
    const text = await response.text()
    const failure = response.ok ? null : `${response.status} ${text.slice(0, 300)}`
    return { status: response.status, body: response.ok ? (JSON.parse(text) as unknown) : null, failure }
  } catch (error) {
    const { cause } = error as { cause?: Error & { code?: string } }
    return { status: 0, body: null, failure: cause?.code ?? cause?.message ?? (error as Error).message }
  }
}
