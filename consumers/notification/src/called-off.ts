import type { EventData } from '@todo/model/events'
import type { StateStore } from '@todo/platform/state-store'
import { CLAIM_TTL_SECONDS } from './claim.ts'
import type { Delivery } from './delivery.ts'

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

/** Why a message is not to be sent over this channel any more, in words; null: it is. */
export async function whyCalledOff(state: StateStore, { message, channel }: Delivery): Promise<string | null> {
  const { about, at, data } = message
  // A link of an account is no matter of channels.
  if (about === 'link') return null
  const stopped = await state.get<{ at: string }>(channelKey({ userId: data.userId, channelId: channel.channelId }))
  if (stopped && !isBefore(stopped.value.at, at)) return 'the channel was switched off or removed, or leads elsewhere'
  if (about !== 'reminder') return null
  const heard = await state.get<Pick<Heard, 'at' | 'isHeard'>>(taskKey(data.taskId))
  const isHeard = heard !== null && heard.value.isHeard && !isBefore(heard.value.at, at)
  return isHeard ? 'its task is over, or reminds no more' : null
}

const isBefore = (one: string, other: string) => Date.parse(one) < Date.parse(other)
