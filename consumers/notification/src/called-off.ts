import type { EventData } from '@todo/model/events'
import type { StateStore } from '@todo/platform/state-store'
import { CLAIM_TTL_SECONDS } from './claim.ts'
import type { Delivery } from './delivery.ts'
import type { Message, MessageAbout } from './message.ts'

type Stopped = EventData<'channel.stopped'>
type Heard = EventData<'reminder.heard'>

const channelKey = ({ userId, channelId }: Pick<Stopped, 'userId' | 'channelId'>) => `stopped.${userId}.${channelId}`
const taskKey = (taskId: string) => `heard.${taskId}`

/** What was said to this channel until then is not sent there any more. */
export function markStopped(state: StateStore, { userId, channelId, stoppedAt: at }: Stopped): Promise<void> {
  return keepLatest(state, channelKey({ userId, channelId }), { at })
}

/** What a task reminded of until then is not sent any more; or is again. */
export function markHeard(state: StateStore, { taskId, at, isHeard }: Heard): Promise<void> {
  return keepLatest(state, taskKey(taskId), { at, isHeard })
}

/** In whichever order they come. */
async function keepLatest(state: StateStore, key: string, told: { at: string; isHeard?: boolean }): Promise<void> {
  const known = await state.get<{ at: string }>(key)
  if (known && isBefore(told.at, known.value.at)) return
  const options = { ifMatch: known?.etag ?? null, ttlSeconds: CLAIM_TTL_SECONDS }
  if (!(await state.set(key, told, options))) throw new Error(`${key} was written by another one`)
}

/** Why a message is not to be sent over a channel, in words; and whether that is for good, or may be taken back. */
export interface CalledOff {
  reason: string
  isForGood: boolean
}

/** null: it is wanted. */
export async function whyCalledOff(state: StateStore, { message, channel }: Delivery): Promise<CalledOff | null> {
  // A link of an account is no matter of channels.
  if (message.about === 'link') return null
  const { userId } = message.data
  if (await isStopped(state, message, { userId, channelId: channel.channelId })) {
    return { reason: 'the channel was switched off or removed, or leads elsewhere', isForGood: true }
  }
  if (message.about === 'digest' && (await isStopped(state, message, { userId, channelId: DIGEST }))) {
    return { reason: 'the digest was switched off', isForGood: true }
  }
  if (message.about !== 'reminder' || !(await isHeard(state, message))) return null
  return { reason: 'its task is over, or reminds no more', isForGood: false }
}

/** As the id of a channel: the digest by whichever. */
const DIGEST = 'digest'

async function isStopped(state: StateStore, { at }: Message, channel: Parameters<typeof channelKey>[0]) {
  const stopped = await state.get<{ at: string }>(channelKey(channel))
  return stopped !== null && !isBefore(stopped.value.at, at)
}

async function isHeard(state: StateStore, { at, data }: MessageAbout<'reminder'>): Promise<boolean> {
  const heard = await state.get<Pick<Heard, 'at' | 'isHeard'>>(taskKey(data.taskId))
  return heard !== null && heard.value.isHeard && !isBefore(heard.value.at, at)
}

const isBefore = (one: string, other: string) => Date.parse(one) < Date.parse(other)
