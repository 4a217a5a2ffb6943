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

/** As many requests as come back, over 16 connections for so many seconds. Each is made anew by `next`. */
export async function loadHttp(url: string, cookie: string, seconds: number, next: () => Request): Promise<Load> {
  const result = await autocannon({
    url,
    connections: CONNECTIONS,
    duration: seconds,
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

/** As often as it can be done, 16 at a time for so many seconds. Answers how often a second. */
export async function loadDirect(seconds: number, work: () => Promise<unknown>): Promise<number> {
  const end = performance.now() + seconds * 1_000
  let count = 0
  const worker = async () => {
    while (performance.now() < end) {
      await work()
      count += 1
    }
  }
  await Promise.all(Array.from({ length: CONNECTIONS }, worker))
  return count / seconds
}
