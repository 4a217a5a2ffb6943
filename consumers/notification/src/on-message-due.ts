import type { TodoEvent } from '@todo/model/events'
import { channelsOf } from './channel.ts'
import { deliver, postpone } from './deliver.ts'
import type { DeliveryCtx } from './delivery-ctx.ts'
import type { Delivery } from './delivery.ts'
import { TooManyLateError } from './late-deliveries.ts'
import { reminderMessage } from './message.ts'
import type { Message, Reminder } from './message.ts'
import { shownEvent } from './outcome.ts'
import { isVoid } from './void-message.ts'

type Traceparent = string | undefined

export function onReminderDue(ctx: DeliveryCtx, { data, traceparent }: TodoEvent<'reminder.due'>): Promise<void> {
  // Fired by a backend of before, which did not show it itself.
  const isShown = data.recipient.channels.includes('in-app')
  const shown = isShown ? [() => show(ctx, data, traceparent)] : []
  return handToChannels(ctx, reminderMessage(data), traceparent, shown)
}

export function onDigestDue(ctx: DeliveryCtx, { data, time, traceparent }: TodoEvent<'digest.due'>): Promise<void> {
  return handToChannels(ctx, { about: 'digest', at: time, data }, traceparent)
}

export function onChannelTested(
  ctx: DeliveryCtx,
  { data, time, traceparent }: TodoEvent<'channel.tested'>,
): Promise<void> {
  return handToChannels(ctx, { about: 'test', at: time, data }, traceparent)
}

export function onLinkDue(
  ctx: DeliveryCtx,
  { data, time, traceparent }: TodoEvent<'link.due' | 'address-link.due'>,
): Promise<void> {
  return handToChannels(ctx, { about: 'link', at: time, data }, traceparent)
}

/**
 * Hands a message to each of its channels. All are tried before any failure is thrown, and a redelivery finds those
 * that are done: one channel neither blocks nor repeats another, since what is late goes on without us.
 */
async function handToChannels(
  ctx: DeliveryCtx,
  message: Message,
  traceparent: Traceparent,
  others: (() => Promise<void>)[] = [],
): Promise<void> {
  const channels = channelsOf(message.data.recipient)
  if (channels.length + others.length === 0) return
  if (await isVoid(ctx, message)) return
  const sending = channels.map((channel) => deliverOrPostpone(ctx, { message, channel, attempt: 1, traceparent }))
  const results = await Promise.allSettled([...sending, ...others.map((other) => other())])
  const failures = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []))
  if (failures.length > 0) throw new AggregateError(failures, 'a channel has to be tried again')
}

/** What there is no room for becomes a job, so that the handler is free. */
async function deliverOrPostpone(ctx: DeliveryCtx, delivery: Delivery): Promise<void> {
  try {
    await deliver(ctx, delivery)
  } catch (error) {
    if (!(error instanceof TooManyLateError)) throw error
    await postpone(ctx, delivery)
  }
}

async function show({ bus, count, now }: DeliveryCtx, reminder: Reminder, traceparent: Traceparent): Promise<void> {
  await bus.publish([shownEvent(reminder, now(), traceparent)])
  count({ message: { about: 'reminder' }, channel: { kind: 'in-app' } }, 'delivered')
}
