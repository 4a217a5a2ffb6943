import { z } from 'zod'
import { HttpReceiver } from './http-receiver.ts'
import type { Answer, Received } from './http-receiver.ts'

/** What ntfy takes as JSON, as far as it is known here (https://docs.ntfy.sh/publish/#publish-as-json). */
const NtfyMessage = z.strictObject({
  topic: z.string().regex(/^[A-Za-z0-9_-]{1,64}$/),
  title: z.string().optional(),
  message: z.string().max(4_096).optional(),
  click: z.url().optional(),
  tags: z.array(z.string()).optional(),
  priority: z.int().min(1).max(5).optional(),
  actions: z
    .array(z.strictObject({ action: z.literal('view'), label: z.string(), url: z.url() }))
    .max(3)
    .optional(),
})
export type NtfyMessage = z.infer<typeof NtfyMessage>

/** An ntfy server: topics are free to all, but those that a token is set for. Fates are by topic. */
export class NtfyServer extends HttpReceiver {
  readonly tokens = new Map<string, string>()
  readonly messages: NtfyMessage[] = []

  of(topic: string): NtfyMessage[] {
    return this.messages.filter((message) => message.topic === topic)
  }

  protected override keyOf({ body }: Received): string {
    return topicIn(body)
  }

  protected override take({ path, headers, body }: Received): Answer {
    if (path !== '/') return refusal(404, 'page not found')
    const token = this.tokens.get(topicIn(body))
    const isGiven = headers.authorization !== undefined
    if (token !== undefined && headers.authorization !== `Bearer ${token}`) {
      return isGiven ? refusal(401, 'unauthorized') : refusal(403, 'forbidden')
    }
    const message = NtfyMessage.safeParse(JSON.parse(body.toString())).data
    if (!message) return refusal(400, 'invalid request: request body must be message JSON')
    this.messages.push(message)
    return { status: 200, text: '{"id":"sPs71M8A2T","event":"message"}' }
  }
}

function topicIn(body: Buffer): string {
  const { topic } = JSON.parse(body.toString()) as { topic?: unknown }
  return String(topic)
}

function refusal(status: number, error: string): Answer {
  return { status, text: JSON.stringify({ code: status * 100 + 1, http: status, error }) }
}
