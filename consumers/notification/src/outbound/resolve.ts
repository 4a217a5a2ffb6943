import { Resolver, lookup } from 'node:dns/promises'

/** All addresses of a host. @throws when it has none */
export type Resolve = (hostname: string) => Promise<string[]>

/** As every program of this machine sees it, its hosts file and search domains included. */
export const resolveBySystem: Resolve = async (hostname) =>
  (await lookup(hostname, { all: true })).map(({ address }) => address)

/**
 * From the DNS alone, which is where public hosts are. The system's way keeps one of four threads that files need too,
 * and hosts whose name servers do not answer would take them all.
 */
export const resolveByDns: Resolve = async (hostname) => {
  // RFC 6761 §6.3: never asked of the DNS.
  if (/^(.+\.)?localhost$/i.test(hostname)) return ['127.0.0.1']
  const resolver = new Resolver({ timeout: 2_000, tries: 2 })
  const answers = await Promise.allSettled([resolver.resolve4(hostname), resolver.resolve6(hostname)])
  const addresses = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []))
  if (addresses.length > 0) return addresses
  throw (answers[0] as PromiseRejectedResult).reason
}
