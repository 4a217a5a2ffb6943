import type { TodoEvent } from '@todo/model/events'
import { deliverMail, postponeMail } from './deliver-mail.ts'
import type { DeliveryCtx } from './delivery-ctx.ts'
import { isErased } from './erased-account.ts'
import { TooManyLateError } from './late-mails.ts'
import { outcomeEvent } from './outcome.ts'
import type { Channel } from './reminder.ts'

type ReminderDue = TodoEvent<'reminder.due'>

/**
 * Hands a reminder to each of its channels. All are tried before any failure is thrown, and a redelivery finds those
 * that are done: one channel neither blocks nor repeats another, since a mail that is late goes on without us.
 */
export async function onReminderDue(ctx: DeliveryCtx, event: ReminderDue): Promise<void> {
  const { recipient, userId } = event.data
  if (await isErased(ctx.state, userId)) return
  const results = await Promise.allSettled(recipient.channels.map((channel) => CHANNEL[channel](ctx, event)))
  const failures = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as unknown] : []))
  if (failures.length > 0) throw new AggregateError(failures, 'a channel has to be tried again')
}

const CHANNEL: Record<Channel, (ctx: DeliveryCtx, event: ReminderDue) => Promise<void>> = {
  email: deliverByMail,
  'in-app': deliverInApp,
}

/** What there is no room for becomes a job, so that the handler is free. */
async function deliverByMail(ctx: DeliveryCtx, { data, traceparent }: ReminderDue): Promise<void> {
  const delivery = { reminder: data, attempt: 1, traceparent }
  try {
    await deliverMail(ctx, delivery)
  } catch (error) {
    if (!(error instanceof TooManyLateError)) throw error
    await postponeMail(ctx, delivery)
  }
}

/** The event is the delivery: the backend shows it. Its id follows from the claim, so it needs no claim of its own. */
async function deliverInApp({ bus, count, now }: DeliveryCtx, { data, traceparent }: ReminderDue): Promise<void> {
  const told = { channel: 'in-app', attempt: 1, at: now().toISOString(), traceparent } as const
  await bus.publish([outcomeEvent(data, told)])
  count('in-app', 'delivered')
}
