import { z } from 'zod'
import { BUILT_IN_CHANNELS } from '@todo/model/channels'
import { Id } from '@todo/model/primitives'

const BuiltIn = z.enum(BUILT_IN_CHANNELS)
export type BuiltIn = z.infer<typeof BuiltIn>

/** How a channel is called in addresses. */
export const ChannelId = z.union([BuiltIn, Id], { error: 'must be in-app, email, or the UUID of another channel' })

export function isBuiltIn(channelId: string): channelId is BuiltIn {
  return BuiltIn.safeParse(channelId).success
}
