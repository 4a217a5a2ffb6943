import { isIP } from 'node:net'
import { z } from 'zod'

/**
 * Whose X-Forwarded-* headers are believed: as many proxies as are in front of us, or those with these addresses. A client
 * can write the header too, so that only the entries count which a trusted proxy has put at its end.
 */
export type ProxyTrust = number | string[]

/** Ranges by name, as `@fastify/proxy-addr` knows them. */
const NAMED_RANGES = new Set(['loopback', 'linklocal', 'uniquelocal'])

const WORDS: Readonly<Record<string, number>> = { false: 0, true: 1 }

export const TrustProxy = z
  .string()
  .default('false')
  .transform((text) => text.toLowerCase().trim())
  .transform((text): ProxyTrust => WORDS[text] ?? (/^\d$/.test(text) ? Number(text) : addressesIn(text)))
  .refine((trust) => typeof trust === 'number' || trust.every(isRange), {
    error:
      'must be false, the number of proxies in front of it (true: 1), or their addresses, such as 10.0.0.0/8,loopback',
  })
  .describe(
    'Which proxies of yours are in front of it, so that X-Forwarded-For is believed: false (none), their number (true is 1), or their addresses and networks separated by commas',
  )

/** What Fastify takes. Its own number of proxies trusts nobody. */
export function trustOf(trust: ProxyTrust): string[] | ((address: string, hop: number) => boolean) {
  return typeof trust === 'number' ? (_address, hop) => hop < trust : trust
}

function addressesIn(text: string): string[] {
  return text.split(',').map((address) => address.trim())
}

/** `10.0.0.1`, `10.0.0.0/8`, `fd00::/8`, `loopback`. */
function isRange(text: string): boolean {
  if (NAMED_RANGES.has(text)) return true
  const [address = '', bits, ...more] = text.split('/')
  const family = isIP(address)
  if (family === 0 || more.length > 0) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) > 0 && Number(bits) <= (family === 4 ? 32 : 128))
}
