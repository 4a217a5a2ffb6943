import autocannon from 'autocannon'

export interface Request {
  method: 'GET' | 'POST'
  path: string
  body?: unknown
}

export interface Load {
  perSecond: number
  p50Ms: number
  p99Ms: number
  errors: number
}

export const CONNECTIONS = 16
const LOOK_MS = 100

export interface Extent {
  seconds: number
  /** How often it can be done at all, where each time uses something up: such a run ends after so many. */
  most?: number | undefined
}

/** As many requests as come back, over 16 connections. Each is made anew by `next`. */
export async function loadHttp(url: string, cookie: string, extent: Extent, next: () => Request): Promise<Load> {
  const { seconds, most } = extent
  const result = await autocannon({
    url,
    connections: CONNECTIONS,
    // How often the library looks whether it is done: a run of a given amount is measured to its next look.
    sampleInt: LOOK_MS,
    // The library takes one of the two.
    ...(most === undefined ? { duration: seconds } : { amount: most }),
    headers: { cookie },
    requests: [
      {
        setupRequest: (request) => {
          const { method, path, body } = next()
          const type = body === undefined ? {} : { 'content-type': 'application/json' }
          return {
            ...request,
            method,
            path,
            headers: { ...request.headers, ...type },
            ...(body === undefined ? {} : { body: JSON.stringify(body) }),
          }
        },
      },
    ],
  })
  return {
    perSecond: result['2xx'] / result.duration,
    p50Ms: result.latency.p50,
    p99Ms: result.latency.p99,
    errors: result.errors + result.non2xx + result.timeouts,
  }
}

/** As often as it can be done, 16 at a time. Answers how often a second. */
export async function loadDirect({ seconds, most = Infinity }: Extent, work: () => Promise<unknown>): Promise<number> {
  const begin = performance.now()
  let count = 0
  const worker = async () => {
    while (performance.now() < begin + seconds * 1_000 && count < most) {
      count += 1
      await work()
    }
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, worker))
  return (count * 1_000) / (performance.now() - begin)
}
