import type { Notification } from '@todo/model/api'

/** Where a channel is switched on again. */
export const CHANNELS_PLACE = { to: '/settings', hash: 'channels', search: {} } as const

/** Something did not arrive, and the person may want to do something about it. */
export const isTrouble = ({ kind }: Pick<Notification, 'kind'>): boolean =>
  kind === 'delivery-failed' || kind === 'channel-off'

export function textOf({ kind, body }: Pick<Notification, 'kind' | 'body'>): string {
  return body || (kind === 'reminder' ? 'You wanted to be reminded of it' : '')
}
