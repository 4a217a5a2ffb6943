import { ENDPOINT_KINDS } from '@todo/model/channels'
import type { Endpoint, EndpointKind } from '@todo/model/channels'
import type { Message } from './message.ts'

export const EMAIL = { channelId: 'email', kind: 'email' } as const

export type KnownEndpoint = Endpoint & { kind: EndpointKind }

/** A way out of here to a person. What is shown in the app is none: the backend shows it. */
export type Channel = typeof EMAIL | KnownEndpoint

export function isKnown(endpoint: Endpoint): endpoint is KnownEndpoint {
  return (ENDPOINT_KINDS as readonly string[]).includes(endpoint.kind)
}

/** Where a message goes; endpoints of a kind that a later version has are left out. */
export function channelsOf({ channels, endpoints = [] }: Message['data']['recipient']): Channel[] {
  return [...(channels.includes('email') ? [EMAIL] : []), ...endpoints.filter(isKnown)]
}
