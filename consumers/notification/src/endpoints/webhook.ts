import { Webhook } from 'standardwebhooks'
import { derivedEventId } from '@todo/platform/create-event'
import { DeliveryError } from '../delivery-error.ts'
import { keyOf } from '../delivery.ts'
import type { Notice } from '../message.ts'
import { assertTaken } from '../outbound/answers.ts'
import { messageWords } from './message-words.ts'
import type { SendTo } from './endpoint-ctx.ts'

const MEANINGS = { gone: [410], forGood: [], words: { 410: 'it takes nothing any more' } }

const TYPES = { reminder: 'reminder.due', digest: 'digest.due', test: 'test' } as const

/** To a program, as Standard Webhooks 1.0.0 has it: every try with the same id, its own time, and a signature. */
export const sendWebhook: SendTo<'webhook'> = async (ctx, { url, secret }, delivery) => {
  const id = derivedEventId('webhook', keyOf(delivery))
  const at = ctx.now()
  const body = JSON.stringify(webhookBody(delivery.message, ctx.publicUrl))
  const headers = {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1_000)),
    'webhook-signature': signed(secret, id, at, body),
  }
  assertTaken(new URL(url).host, await ctx.outbound({ url, headers, body }), MEANINGS, at)
}

function signed(secret: string, id: string, at: Date, body: string): string {
  try {
    return new Webhook(secret).sign(id, at, body)
  } catch (error) {
    throw new DeliveryError('the secret of this webhook is no good; add it again', { cause: error, isForGood: true })
  }
}

/** The same bytes for every try: nothing in it depends on when it is sent. */
function webhookBody(message: Notice, publicUrl: string) {
  const { about, data, at: timestamp } = message
  const { url } = messageWords(message, publicUrl)
  const type = TYPES[about]
  if (about === 'reminder') {
    const { reminderId, taskId, title, remindAt, dueAt, due } = data
    return { type, timestamp, data: { reminderId, taskId, title, remindAt, dueAt, due, url } }
  }
  if (about === 'digest') {
    const { day, overdue, due, done } = data
    return { type, timestamp, data: { day, overdue, due, done, url } }
  }
  return { type, timestamp, data: { testId: data.testId, url } }
}
