import { createHash } from 'node:crypto'
import webPush from 'web-push'
import { errorMessage } from '@todo/platform/errors'
import { DeliveryError } from '../delivery-error.ts'
import type { Notice } from '../message.ts'
import { assertTaken } from '../outbound/answers.ts'
import type { OutboundRequest } from '../outbound/outbound.ts'
import type { AddressOf, EndpointCtx, SendTo } from './endpoint-ctx.ts'
import { messageWords, shortened } from './message-words.ts'

const HOUR_SECONDS = 60 * 60

/** How long a push service keeps it for a device that is off. A test is looked at now. */
const TTL_SECONDS = { reminder: 24 * HOUR_SECONDS, digest: 12 * HOUR_SECONDS, test: 5 * 60 }
const URGENCY = { reminder: 'high', digest: 'normal', test: 'high' } as const

/** By the keys that the service worker knows. */
const ACTIONS = [
  { action: 'done', title: 'Done' },
  { action: '10m', title: 'In 10 minutes' },
]

/** Push services take 4 KB, of which the encryption needs 103 bytes, and JSON up to twice these. */
const MOST_TITLE_BYTES = 800
const MOST_BODY_BYTES = 512

const MEANINGS = {
  gone: [404, 410],
  forGood: [400, 401, 403, 413],
  words: {
    401: 'the browser signed up with other keys of this app; sign it up again',
    403: 'the browser signed up with other keys of this app; sign it up again',
    404: 'the browser has ended its subscription',
    410: 'the browser has ended its subscription',
  },
}

/** To a browser by its push service (RFC 8030), encrypted for it (RFC 8291), signed as ours (RFC 8292). */
export const sendWebPush: SendTo<'web-push'> = async (ctx, address, { message }) => {
  const { host } = new URL(address.endpoint)
  assertTaken(host, await ctx.outbound(pushRequest(ctx, address, message)), MEANINGS, ctx.now())
}

function pushRequest(ctx: EndpointCtx, address: AddressOf<'web-push'>, message: Notice): OutboundRequest {
  const { endpoint, p256dh, auth } = address
  const options = {
    vapidDetails: ctx.vapid,
    TTL: TTL_SECONDS[message.about],
    urgency: URGENCY[message.about],
    topic: topicOf(message),
  }
  const payload = JSON.stringify(pushPayload(message, ctx.publicUrl))
  try {
    const { headers, body } = webPush.generateRequestDetails({ endpoint, keys: { p256dh, auth } }, payload, options)
    // Its length comes with the body.
    const { 'Content-Length': _, TTL, ...others } = headers
    return { url: endpoint, headers: { ...others, TTL: String(TTL) }, body }
  } catch (error) {
    throw new DeliveryError(`it cannot be encrypted for this browser: ${errorMessage(error)}`, {
      cause: error,
      isForGood: true,
    })
  }
}

/** What the service worker of the web app shows. */
function pushPayload(message: Notice, publicUrl: string) {
  const { about: kind, data } = message
  const { title, body, url } = messageWords(message, publicUrl)
  const { taskId, reminderId } = kind === 'reminder' ? data : { taskId: null, reminderId: null }
  const words = { title: shortened(title, MOST_TITLE_BYTES), body: shortened(body, MOST_BODY_BYTES) }
  return { kind, ...words, taskId, reminderId, url, actions: kind === 'reminder' ? ACTIONS : [] }
}

/** What waits at the push service is replaced by the next of its topic (RFC 8030 §5.4): at most 32 characters. */
function topicOf({ about, data }: Notice): string {
  const subject = about === 'reminder' ? data.reminderId : data.userId
  return createHash('sha256').update(`${about} ${subject}`).digest('base64url').slice(0, 32)
}
