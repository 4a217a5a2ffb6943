import { z } from 'zod'
import { events } from '@todo/model/events'
import type { Job } from '@todo/platform/job-scheduler'
import { claimKey } from './claim.ts'
import type { MailDelivery } from './deliver-mail.ts'

export const RETRY_DELIVERY = 'retry-delivery'

const RetryData = z.object({
  reminder: events['reminder.due'].data,
  attempt: z.int().positive(),
  traceparent: z.string().optional(),
})

/** The try's number is in the name: planning a try again moves it, and never touches the one after it. */
export function retryJob(delivery: MailDelivery, at: Date): Job {
  const name = `retry.${claimKey(delivery.reminder, 'email')}.${delivery.attempt}`
  return { name, kind: RETRY_DELIVERY, at, data: { ...delivery } }
}

/** Looks what became of a try that its handler did not wait for. By another name: it may be planned from the job of that try. */
export function lateJob(delivery: MailDelivery, at: Date): Job {
  const job = retryJob(delivery, at)
  return { ...job, name: `${job.name}.late` }
}

/** What `retryJob` made; null for anything else, such as a job of a version before this one. */
export function readRetryJob(data: Record<string, unknown>): MailDelivery | null {
  return RetryData.safeParse(data).data ?? null
}
