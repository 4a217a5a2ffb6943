import type { ChannelKind, EndpointKind } from '@todo/model/channels'
import type { Ctx } from '../context.ts'
import { notificationIdOf, notify } from '../notifications/use-cases.ts'
import { announceProfile } from '../profile/announce-profile.ts'
import { switchEmailOff, switchEndpointOff, upsertResult } from './repo.ts'
import type { ChannelResult } from './repo.ts'
import { stopChannel } from './stop-channel.ts'

/** A channel that did well so shortly ago is not said to do well again. */
const SAME_WITHIN_SECONDS = 10

/** Keeps what became of the last try on a channel, and shows it in the open tabs of the person. */
export async function keepResult(
  ctx: Ctx,
  result: ChannelResult,
  { sameWithinSeconds = SAME_WITHIN_SECONDS } = {},
): Promise<void> {
  if (await upsertResult(ctx.tx, result, sameWithinSeconds)) announceProfile(ctx, result.userId)
}

interface Dead {
  userId: string
  channelId: string
  kind: ChannelKind
  reason: string
}

/** Switches off a channel that nothing will ever arrive by, and says so, once: what fails later finds it switched off. */
export async function switchOff(ctx: Ctx, event: { id: string }, dead: Dead): Promise<void> {
  const words = await switchedOff(ctx, dead)
  if (!words) return
  const { userId, channelId, kind, reason } = dead
  stopChannel(ctx, { userId, channelId })
  ctx.log.info({ channelId, kind, reason }, 'a channel was switched off')
  await notify(ctx, { id: notificationIdOf(event), userId, kind: 'channel-off', taskId: null, ...words })
  announceProfile(ctx, userId)
}

async function switchedOff(
  { tx, now }: Ctx,
  { userId, channelId, kind, reason }: Dead,
): Promise<{ title: string; body: string } | null> {
  switch (kind) {
    case 'in-app':
      return null
    case 'email': {
      const address = await switchEmailOff(tx, { userId, reason, now: now() })
      const body = `Nothing reaches ${address} any more: ${sentence(reason)} ${REMEDY.email}`
      return address === null ? null : { title: 'E-mail was switched off', body }
    }
    default: {
      const name = await switchEndpointOff(tx, { userId, id: channelId, reason })
      const body = `Nothing arrives there any more: ${sentence(reason)} ${REMEDY[kind]}`
      return name === null ? null : { title: `“${name}” was switched off`, body }
    }
  }
}

/** What a server said may end with a full stop, or not. */
function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`
}

const REMEDY: Record<EndpointKind | 'email', string> = {
  email: 'When mails arrive there again, switch e-mail on in the settings, under Channels.',
  'web-push': 'To be reached on that device again, add it there in the settings, under Channels.',
  webhook: 'When it is mended, switch it on in the settings, under Channels, or remove it.',
  ntfy: 'When it is mended, switch it on in the settings, under Channels, or remove it.',
}
