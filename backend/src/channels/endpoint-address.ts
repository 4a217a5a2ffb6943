import { randomBytes } from 'node:crypto'
import type { CreateChannel, EndpointAddress } from '@todo/model/channels'
import { keyedHash } from '@todo/platform/seal'

/** Where a new endpoint leads. A webhook gets a secret for its signatures, in the form of Standard Webhooks. */
export function addressOf(input: CreateChannel): EndpointAddress {
  switch (input.kind) {
    case 'web-push':
      return { kind: input.kind, endpoint: normal(input.endpoint), ...input.keys }
    case 'webhook':
      return { kind: input.kind, url: normal(input.url), secret: `whsec_${randomBytes(32).toString('base64')}` }
    case 'ntfy':
      return { kind: input.kind, server: normal(input.server), topic: input.topic, token: input.token }
  }
}

/** As much of it as may be shown: paths and queries often hold what lets anybody write there. */
export function placeOf(address: EndpointAddress): string {
  const { host, pathname } = new URL(whereTo(address))
  return address.kind === 'ntfy' ? `${host}${pathname.replace(/\/*$/, '')}/${address.topic}` : host
}

/** Tells the same endpoint when it comes again. */
export function addressHash(address: EndpointAddress, secret: string): string {
  const parts = [address.kind, whereTo(address), address.kind === 'ntfy' ? address.topic : '']
  return keyedHash(JSON.stringify(parts), { secret, purpose: 'address' })
}

function whereTo(address: EndpointAddress): string {
  switch (address.kind) {
    case 'web-push':
      return address.endpoint
    case 'webhook':
      return address.url
    case 'ntfy':
      return address.server
  }
}

function normal(text: string): string {
  const url = new URL(text)
  url.hash = ''
  return url.href
}
