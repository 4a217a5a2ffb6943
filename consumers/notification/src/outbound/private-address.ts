import { BlockList, isIP } from 'node:net'

/**
 * IPv4 that is not the internet's (RFC 6890 and the registry that it made): private, this machine, carrier-grade NAT,
 * link-local, documentation, benchmarks, multicast, reserved.
 */
const PRIVATE_IPV4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
]

/** The only IPv6 that the internet uses, and what within it leads elsewhere: Teredo and its kin, 6to4, documentation. */
const GLOBAL_IPV6 = '2000::/3'
const SPECIAL_IPV6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']
/** IPv4 within IPv6: mapped (RFC 4291 §2.5.5.2) and behind NAT64 (RFC 6052). It counts as what it stands for. */
const IPV4_WITHIN = ['::ffff:0:0/96', '64:ff9b::/96']

const privateIpv4 = blockList('ipv4', PRIVATE_IPV4)
const globalIpv6 = blockList('ipv6', [GLOBAL_IPV6])
const specialIpv6 = blockList('ipv6', SPECIAL_IPV6)
const ipv4Within = blockList('ipv6', IPV4_WITHIN)

/** Whether an IP address leads anywhere but to the public internet: what is no address does too. */
export function isPrivateAddress(address: string): boolean {
  const family = isIP(address)
  if (family === 4) return privateIpv4.check(address, 'ipv4')
  if (family !== 6 || address.includes('%')) return true
  if (ipv4Within.check(address, 'ipv6')) return isPrivateAddress(lastIpv4(address))
  return !globalIpv6.check(address, 'ipv6') || specialIpv6.check(address, 'ipv6')
}

function blockList(family: 'ipv4' | 'ipv6', networks: string[]): BlockList {
  const list = new BlockList()
  for (const network of networks) {
    const [prefix, bits] = network.split('/')
    list.addSubnet(prefix!, Number(bits), family)
  }
  return list
}

/** The last 32 bits of an IPv6 address, as IPv4. */
function lastIpv4(address: string): string {
  // In its one normal form (RFC 5952): hexadecimal groups, at the end of which `::` can only be zeros.
  const normal = new URL(`http://[${address}]`).hostname.slice(1, -1)
  const groups = normal
    .split('::')
    .at(-1)!
    .split(':')
    .filter((group) => group !== '')
  const [high = 0, low = 0] = [groups.at(-2), groups.at(-1)].map((group) => Number.parseInt(group ?? '0', 16))
  return [high >> 8, high & 0xff, low >> 8, low & 0xff].join('.')
}
