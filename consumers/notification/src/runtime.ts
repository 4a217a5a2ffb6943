import { on } from '@todo/platform/service'
import type { Deps, Runtime } from '@todo/platform/service'
import { markHeard, markStopped } from './called-off.ts'
import type { NotificationConfig } from './config.ts'
import type { DeliveryCtx } from './delivery-ctx.ts'
import { LateDeliveries } from './late-deliveries.ts'
import { createLogMailer } from './mail/log-mailer.ts'
import type { Mailer } from './mail/mailer.ts'
import { createSmtpMailer } from './mail/smtp-mailer.ts'
import { deliveryCounter } from './metrics.ts'
import { onAccountDeleted } from './on-account-deleted.ts'
import { onChannelTested, onDigestDue, onLinkDue, onReminderDue } from './on-message-due.ts'
import { onReminderGivenUp } from './on-reminder-given-up.ts'
import { onRetryDelivery } from './on-retry-delivery.ts'
import { createPacker } from './pack.ts'
import { RETRY_DELIVERY } from './retry-job.ts'
import { RunningWork } from './running-work.ts'

export async function prepareNotification(deps: Deps<NotificationConfig>): Promise<Runtime> {
  const running = new RunningWork()
  const { SMTP_URL: url } = deps.config
  const mailer = url ? createSmtpMailer({ url, now: deps.now }) : createLogMailer(deps.log)
  const ctx = deliveryCtx(deps, mailer, running)
  return {
    events: [
      on('reminders', ['reminder.due'], (event) => running.run(() => onReminderDue(ctx, event))),
      on('reminders', ['digest.due'], (event) => running.run(() => onDigestDue(ctx, event))),
      on('reminders', ['channel.tested'], (event) => running.run(() => onChannelTested(ctx, event))),
      on('reminders', ['link.due', 'address-link.due'], (event) => running.run(() => onLinkDue(ctx, event))),
      on('reminders', ['reminder.given-up'], (event) => running.run(() => onReminderGivenUp(ctx, event))),
      on('reminders', ['channel.stopped'], ({ data }) => markStopped(ctx.state, data)),
      on('reminders', ['reminder.heard'], ({ data }) => markHeard(ctx.state, data)),
      on('task-events', ['account.deleted'], (event) => onAccountDeleted(ctx, event)),
    ],
    jobs: { [RETRY_DELIVERY]: (job) => running.run(() => onRetryDelivery(ctx, job)) },
    stop: async () => {
      await running.stop()
      mailer.close()
    },
  }
}

function deliveryCtx(deps: Deps<NotificationConfig>, mailer: Mailer, running: RunningWork): DeliveryCtx {
  const { bus, scheduler, state, log, now, metrics, tracer } = deps
  return {
    bus,
    scheduler,
    state,
    log,
    now,
    tracer,
    pack: createPacker(deps, mailer),
    unrecorded: new Map(),
    late: new LateDeliveries(running),
    count: deliveryCounter(metrics),
  }
}
