import { z } from 'zod'
import { events } from '@todo/model/events'

const at = z.string().describe('When it was said: the same for every try')

/** What is taken to a person: a reminder, their digest, a test of a channel, or a link for their account. */
export const Message = z.discriminatedUnion('about', [
  z.object({ about: z.literal('reminder'), at, data: events['reminder.due'].data }),
  z.object({ about: z.literal('digest'), at, data: events['digest.due'].data }),
  z.object({ about: z.literal('test'), at, data: events['channel.tested'].data }),
  z.object({ about: z.literal('link'), at, data: z.union([events['link.due'].data, events['address-link.due'].data]) }),
])
export type Message = z.infer<typeof Message>

export type MessageAbout<A extends Message['about']> = Extract<Message, { about: A }>
/** What also goes to servers of others: a link of an account does not. */
export type Notice = Exclude<Message, { about: 'link' }>
export type Reminder = MessageAbout<'reminder'>['data']
export type Digest = MessageAbout<'digest'>['data']
export type AccountLink = MessageAbout<'link'>['data']

export function reminderMessage(data: Reminder): MessageAbout<'reminder'> {
  return { about: 'reminder', at: data.firedAt, data }
}

/** The same for this very message, and no other. `[a-z0-9.-]`, so that a job can have it in its name. */
export function messageName({ about, data }: Message): string {
  if (about === 'reminder') return firingName(data)
  if (about === 'link') return data.linkId
  return about === 'digest' ? `${data.userId}.${data.day}` : data.testId
}

/** Whether it does nothing any more at that time. */
export function isExpired({ about, data }: Message, at: Date): boolean {
  return about === 'link' && Date.parse(data.expiresAt) <= at.getTime()
}

export type Firing = Pick<Reminder, 'reminderId' | 'remindAt'>

export function firingName({ reminderId, remindAt }: Firing): string {
  return `${reminderId}.${Date.parse(remindAt)}`
}
