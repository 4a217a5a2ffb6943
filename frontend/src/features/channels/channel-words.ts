import type { Channel, ChannelKind } from '@todo/model/channels'
import { describeAgo } from '../dates/describe-date.ts'

export const CHANNEL_NAMES: Readonly<Record<ChannelKind, string>> = {
  'in-app': 'In the app',
  email: 'E-mail',
  'web-push': 'Push',
  webhook: 'Webhook',
  ntfy: 'ntfy',
}

/** What stands as the name of a channel: of ours what it is, of the others what the person calls them. */
export function titleOf({ kind, name }: Pick<Channel, 'kind' | 'name'>): string {
  return kind === 'in-app' || kind === 'email' ? CHANNEL_NAMES[kind] : name
}

/** Where it leads, below its title. */
export function placeOf({ kind, name, place }: Pick<Channel, 'kind' | 'name' | 'place'>): string {
  if (kind === 'in-app') return 'The notification centre, on every screen that is open'
  if (kind === 'email') return name
  return place ? `${CHANNEL_NAMES[kind]} · ${place}` : CHANNEL_NAMES[kind]
}

interface Clock {
  now: number
  timeZone: string
  locale: string
}

/** What became of the last try: `Arrived 2 min ago`, `Failed yesterday: the server answered 401`. */
export function describeLastTry(lastTry: Channel['lastTry'], { now, timeZone, locale }: Clock): string {
  if (!lastTry) return 'Nothing sent yet'
  const when = describeAgo(lastTry.at, now, timeZone, locale)
  return lastTry.error === null ? `Arrived ${when}` : `Failed ${when}: ${lastTry.error}`
}
