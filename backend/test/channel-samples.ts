import { randomBytes } from 'node:crypto'
import { v7 as uuidv7 } from 'uuid'
import type { Notification } from '@todo/model/api'
import type { Channel, CreatedChannel } from '@todo/model/channels'
import type { EventData, TodoEvent } from '@todo/model/events'
import { createEvent } from '@todo/platform/create-event'
import type { Client } from './harness.ts'

export const push = (endpoint = `https://push.example.org/send/${uuidv7()}`) => ({
  kind: 'web-push',
  name: 'Laptop',
  endpoint,
  keys: { p256dh: randomBytes(65).toString('base64url'), auth: randomBytes(16).toString('base64url') },
})

export const webhook = (name = 'hook') => ({ kind: 'webhook', name, url: `https://hooks.example.org/${uuidv7()}` })

export const ntfy = (topic: string, token: string | null = null) => ({
  kind: 'ntfy',
  name: 'Phone',
  server: 'https://ntfy.sh',
  topic,
  token,
})

/** @throws when it is not new */
export async function add(person: Client, input: unknown): Promise<CreatedChannel> {
  const { status, body } = await person.call('POST', '/channels', input)
  if (status !== 201) throw new Error(`add: ${status} ${JSON.stringify(body)}`)
  return body
}

export async function channelIn(person: Client, id: string): Promise<Channel> {
  const { body } = await person.call('GET', '/channels')
  return body.items.find((one: Channel) => one.id === id)
}

/** Newest first. */
export async function notificationsOf(person: Client): Promise<Notification[]> {
  return (await person.call('GET', '/notifications')).body.items
}

/** What notification tells of a test by a webhook that arrived just now, or of anything else. */
export function channelTried(
  { userId }: Client,
  data: Partial<EventData<'channel.tried'>> & Pick<EventData<'channel.tried'>, 'channelId'>,
): TodoEvent<'channel.tried'> {
  const now = new Date()
  const arrived = { attempt: 1, at: now.toISOString(), error: null, retryAt: null, isGone: false }
  const test = { about: 'test', kind: 'webhook', taskId: null, reminderId: null, remindAt: null }
  return createEvent('channel.tried', userId, { userId, ...test, ...arrived, ...data }, { now, source: 'notification' })
}
