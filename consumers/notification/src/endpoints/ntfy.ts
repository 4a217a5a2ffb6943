import type { Notice } from '../message.ts'
import { assertTaken } from '../outbound/answers.ts'
import type { AddressOf, SendTo } from './endpoint-ctx.ts'
import { messageWords, shortened } from './message-words.ts'

/** The server takes 4 KB of a message; a title that long would fill a screen. */
const MOST_TITLE_BYTES = 512
const MOST_BODY_BYTES = 2_048

/** By their short codes; ntfy puts the character before the title. */
const TAGS = { reminder: ['bell'], digest: ['calendar'], test: ['wave'] }
/** 4 is high: it makes a sound and comes up. */
const PRIORITY = { reminder: 4, digest: 3, test: 3 }

const MEANINGS = {
  gone: [],
  forGood: [400, 401, 403, 404, 413],
  words: {
    401: 'its token is not valid there',
    403: 'its token may not publish to this topic',
    404: 'there is no ntfy at this address',
  },
}

/** To a topic of an ntfy server, published as JSON (https://docs.ntfy.sh/publish/#publish-as-json). */
export const sendNtfy: SendTo<'ntfy'> = async ({ outbound, publicUrl, now }, address, { message }) => {
  const { server, token } = address
  const headers = { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) }
  const body = JSON.stringify(notification(address, message, publicUrl))
  assertTaken(new URL(server).host, await outbound({ url: server, headers, body }), MEANINGS, now())
}

function notification({ topic }: AddressOf<'ntfy'>, message: Notice, publicUrl: string) {
  const { about } = message
  const { title, body, url } = messageWords(message, publicUrl)
  return {
    topic,
    title: shortened(title, MOST_TITLE_BYTES),
    message: shortened(body, MOST_BODY_BYTES),
    click: url,
    tags: TAGS[about],
    priority: PRIORITY[about],
    actions: [{ action: 'view', label: about === 'reminder' ? 'Open task' : 'Open', url }],
  }
}
