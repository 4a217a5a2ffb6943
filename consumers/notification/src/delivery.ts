import type { Channel } from './channel.ts'
import { claimKey } from './claim.ts'
import type { Message, Notice } from './message.ts'

/** One message on its way over one channel. */
export interface Delivery {
  message: Message
  channel: Channel
  /** Which try this is, from 1. */
  attempt: number
  traceparent?: string | undefined
}

export interface NoticeDelivery extends Delivery {
  message: Notice
}

/** A message made ready for its channel. */
export interface Parcel {
  /** In words. What leads to the same place waits for each other, and for nothing else. */
  place: string
  /** Resolves when it is taken. @throws within `SEND_TIMEOUT_MS` when it is not: a DeliveryError where more is known */
  send: () => Promise<void>
}

export function keyOf({ message, channel }: Pick<Delivery, 'message' | 'channel'>): string {
  return claimKey(message, channel.channelId)
}
