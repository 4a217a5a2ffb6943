import { z } from 'zod'
import { Id, IdOut, InstantOut, Name } from './primitives.ts'

/** The ways of ours, which everybody has, and the endpoints that people add. */
export const BUILT_IN_CHANNELS = ['in-app', 'email'] as const
export const ENDPOINT_KINDS = ['web-push', 'webhook', 'ntfy'] as const
export type EndpointKind = (typeof ENDPOINT_KINDS)[number]
export const CHANNEL_KINDS = [...BUILT_IN_CHANNELS, ...ENDPOINT_KINDS] as const
export type ChannelKind = (typeof CHANNEL_KINDS)[number]

/** More than a person has devices and programs. */
export const MOST_ENDPOINTS = 20

/** A way to reach a person, as the API answers it. What could be abused is not in it: it is sealed and stays so. */
export const Channel = z.object({
  id: z.string().meta({ description: 'in-app and email, which everybody has, or the UUID of an endpoint' }),
  kind: z.enum(CHANNEL_KINDS),
  name: z.string().meta({ description: 'What the person calls it; of email, the address' }),
  place: z.string().nullable().meta({ description: 'Where it leads: the host, and for ntfy the topic' }),
  isOn: z.boolean(),
  offReason: z.string().nullable().meta({ description: 'Why it was switched off by itself' }),
  lastTry: z
    .object({ at: InstantOut, error: z.string().nullable().meta({ description: 'null: it arrived' }) })
    .nullable(),
})
export type Channel = z.infer<typeof Channel>

const address = (example: string) =>
  z
    .string()
    .max(2_000, 'must be at most 2,000 characters')
    .refine(isWebAddress, { error: `must be an http or https address without a password, such as ${example}` })

function isWebAddress(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, username, password } = new URL(text)
  return ['http:', 'https:'].includes(protocol) && username === '' && password === ''
}

const base64url = (bytes: number, what: string) =>
  z.string().refine((text) => /^[A-Za-z0-9_-]+={0,2}$/.test(text) && bytesOf(text) === bytes, {
    error: `must be ${what}, in base64url`,
  })

function bytesOf(text: string): number {
  return Math.floor((text.replace(/=+$/, '').length * 3) / 4)
}

const ntfyTopic = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,64}$/, 'must be a topic of ntfy: up to 64 letters, digits, - and _')

/** What a header can hold: a line break that was copied along would fail every message. */
const ntfyToken = z
  .string()
  .max(200, 'must be at most 200 characters')
  .regex(/^[!-~]+$/, 'must be an access token of ntfy, without spaces')

export const CreateChannel = z.discriminatedUnion(
  'kind',
  [
    z.strictObject({
      id: Id.optional(),
      kind: z.literal('web-push'),
      name: Name,
      endpoint: address('the one that the browser gave'),
      keys: z.strictObject({
        p256dh: base64url(65, 'the public key of the subscription'),
        auth: base64url(16, 'the secret of the subscription'),
      }),
    }),
    z.strictObject({
      id: Id.optional(),
      kind: z.literal('webhook'),
      name: Name,
      url: address('https://example.org/hooks/todo'),
    }),
    z.strictObject({
      id: Id.optional(),
      kind: z.literal('ntfy'),
      name: Name,
      server: address('https://ntfy.sh'),
      topic: ntfyTopic,
      token: ntfyToken.nullable().default(null),
    }),
  ],
  { error: 'must have kind web-push, webhook or ntfy' },
)
export type CreateChannel = z.infer<typeof CreateChannel>

export const CreatedChannel = Channel.extend({
  secret: z
    .string()
    .nullable()
    .meta({ description: 'Of a webhook: what its signatures are checked with (Standard Webhooks). Told once' }),
})
export type CreatedChannel = z.infer<typeof CreatedChannel>

export const PatchChannel = z
  .strictObject({ name: Name, isOn: z.boolean() })
  .partial()
  .meta({ description: 'in-app is always on and has no name; email has no name of its own' })
export type PatchChannel = z.infer<typeof PatchChannel>

export const ChannelList = z.object({
  items: z.array(Channel),
  pushKey: z.string().meta({ description: 'VAPID public key for PushManager.subscribe, base64url' }),
})
export type ChannelList = z.infer<typeof ChannelList>

/** What is sealed of an endpoint (`@todo/platform/seal`): only the notification service opens it. */
export const EndpointAddress = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('web-push'), endpoint: z.string(), p256dh: z.string(), auth: z.string() }),
  z.object({ kind: z.literal('webhook'), url: z.string(), secret: z.string() }),
  z.object({ kind: z.literal('ntfy'), server: z.string(), topic: z.string(), token: z.string().nullable() }),
])
export type EndpointAddress = z.infer<typeof EndpointAddress>

/** An endpoint as it travels in events. */
export const Endpoint = z.object({
  channelId: IdOut,
  kind: z.string().describe('web-push, webhook, ntfy; a consumer leaves out what it does not know'),
  sealed: z.string().describe('Where it leads and its secrets, encrypted for the notification service'),
})
export type Endpoint = z.infer<typeof Endpoint>
