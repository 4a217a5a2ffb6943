import { v7 } from 'uuid'
import type { Endpoint, EndpointAddress } from '@todo/model/channels'
import type { EventData, TodoEvent } from '@todo/model/events'
import { createEvent } from '@todo/platform/create-event'
import { seal } from '@todo/platform/seal'
import type { Subscription } from '@todo/platform/testing/push-service'
import { CHANNEL_SECRET } from './notification-service.ts'

export const WEBHOOK_SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'

export const USER = '0192f0c1-0000-7000-8000-00000000000a'

/** An endpoint of `USER`, as the backend sends it along. */
export function endpointTo(address: EndpointAddress, secret = CHANNEL_SECRET): Endpoint {
  const sealed = seal(JSON.stringify(address), { secret, userId: USER })
  return { channelId: v7(), kind: address.kind, sealed }
}

export function browserAt({ endpoint, keys }: Subscription): Endpoint {
  return endpointTo({ kind: 'web-push', endpoint, ...keys })
}

export function webhookAt(url: string): Endpoint {
  return endpointTo({ kind: 'webhook', url, secret: WEBHOOK_SECRET })
}

export function ntfyAt(server: string, topic: string, token: string | null = null): Endpoint {
  return endpointTo({ kind: 'ntfy', server, topic, token })
}

type Recipient = EventData<'reminder.due'>['recipient']

function recipient(data: Partial<Recipient> = {}): Recipient {
  const ada = { name: 'Ada Lovelace', email: 'ada@example.org', timeZone: 'Europe/Lisbon', locale: 'en-GB' }
  return { ...ada, channels: [], ...data }
}

export function channelTested(to: Partial<Recipient>): TodoEvent<'channel.tested'> {
  const data = { userId: USER, testId: v7(), recipient: recipient(to) }
  const now = new Date('2026-12-01T08:00:00Z')
  return createEvent('channel.tested', USER, data, { now, source: 'backend' })
}

export function channelStopped(channelId: string, stoppedAt: string): TodoEvent<'channel.stopped'> {
  const data = { userId: USER, channelId, stoppedAt }
  return createEvent('channel.stopped', USER, data, { now: new Date(stoppedAt), source: 'backend' })
}

export function taskHeard(taskId: string, at: string, isHeard = true): TodoEvent<'reminder.heard'> {
  return createEvent('reminder.heard', taskId, { taskId, at, isHeard }, { now: new Date(at), source: 'backend' })
}

const NONE = { count: 0, tasks: [] }

export function digestDue(data: Partial<EventData<'digest.due'>> = {}): TodoEvent<'digest.due'> {
  const digest = { userId: USER, day: '2026-12-01', overdue: NONE, due: NONE, done: NONE, ...data }
  const whole = { ...digest, recipient: recipient({ channels: ['email'], ...data.recipient }) }
  return createEvent('digest.due', USER, whole, { now: new Date('2026-12-01T07:00:00Z'), source: 'backend' })
}

const SENT = { now: new Date('2026-12-01T08:00:00Z'), source: 'backend' } as const

const linkTo = (token: string) => ({
  userId: USER,
  linkId: v7(),
  token: seal(token, { secret: CHANNEL_SECRET, userId: USER }),
  expiresAt: '2026-12-01T09:00:00.000Z',
  recipient: recipient({ channels: ['email'] }),
})

export function linkDue(token: string, data: Partial<EventData<'link.due'>> = {}): TodoEvent<'link.due'> {
  return createEvent('link.due', USER, { purpose: 'new-password', ...linkTo(token), ...data }, SENT)
}

export function addressLinkDue(
  token: string,
  { purpose }: Pick<EventData<'address-link.due'>, 'purpose'>,
): TodoEvent<'address-link.due'> {
  return createEvent('address-link.due', USER, { purpose, ...linkTo(token) }, SENT)
}
