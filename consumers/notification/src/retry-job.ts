import { z } from 'zod'
import { events } from '@todo/model/events'
import { Endpoint } from '@todo/model/channels'
import type { Job } from '@todo/platform/job-scheduler'
import { EMAIL, isKnown } from './channel.ts'
import { keyOf } from './delivery.ts'
import type { Delivery } from './delivery.ts'
import { Message, reminderMessage } from './message.ts'

export const RETRY_DELIVERY = 'retry-delivery'

const Try = z.object({ attempt: z.int().positive(), traceparent: z.string().optional() })
const RetryData = Try.extend({ message: Message, endpoint: Endpoint.optional().describe('Left out: by mail') })
/** What the version before wrote, of mails. */
const MailRetryData = Try.extend({ reminder: events['reminder.due'].data })

/** The try's number is in the name: planning a try again moves it, and never touches the one after it. */
export function retryJob(delivery: Delivery, at: Date): Job {
  const name = `retry.${keyOf(delivery)}.${delivery.attempt}`
  return { name, kind: RETRY_DELIVERY, at, data: tryAgainData(delivery) }
}

/** All that another try needs. */
export function tryAgainData(delivery: Delivery): Record<string, unknown> {
  const { channel, attempt, traceparent } = delivery
  const endpoint = channel.kind === 'email' ? undefined : channel
  return { message: forOneChannel(delivery), endpoint, attempt, traceparent }
}

/** Without the other ways to the person: what a job has of them is kept for hours. */
function forOneChannel({ message }: Delivery): Message {
  const { endpoints: _, ...recipient } = message.data.recipient
  return { ...message, data: { ...message.data, recipient } } as Message
}

/** Looks what became of a try that its handler did not wait for. By another name: it may be planned from the job of that try. */
export function lateJob(delivery: Delivery, at: Date): Job {
  const job = retryJob(delivery, at)
  return { ...job, name: `${job.name}.late` }
}

/** What `tryAgainData` made, in this version or the one before; null for anything else. */
export function readRetryJob(data: Record<string, unknown>): Delivery | null {
  const old = MailRetryData.safeParse(data).data
  if (old) {
    const { reminder, ...tried } = old
    return { ...tried, message: reminderMessage(reminder), channel: EMAIL }
  }
  const retry = RetryData.safeParse(data).data
  if (!retry) return null
  const { endpoint, ...tried } = retry
  if (!endpoint) return { ...tried, channel: EMAIL }
  return isKnown(endpoint) ? { ...tried, channel: endpoint } : null
}
