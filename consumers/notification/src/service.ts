import { on } from '@todo/platform/service'
import type { Deps, Service } from '@todo/platform/service'
import { NotificationConfig } from './config.ts'
import type { DeliveryCtx } from './delivery-ctx.ts'
import { LateMails } from './late-mails.ts'
import { createLogMailer } from './mail/log-mailer.ts'
import { createSmtpMailer } from './mail/smtp-mailer.ts'
import { deliveryCounter } from './metrics.ts'
import { onAccountDeleted } from './on-account-deleted.ts'
import { onReminderDue } from './on-reminder-due.ts'
import { onRetryDelivery } from './on-retry-delivery.ts'
import { RETRY_DELIVERY } from './retry-job.ts'
import { RunningWork } from './running-work.ts'

/** Takes reminders that have come due to the person, over every channel they want. */
export const notificationService: Service<NotificationConfig> = {
  name: 'notification',
  config: NotificationConfig,
  prepare: async (deps) => {
    const running = new RunningWork()
    const ctx = { ...deliveryCtx(deps), late: new LateMails(running) }
    return {
      events: [
        on('reminders', ['reminder.due'], (event) => running.run(() => onReminderDue(ctx, event))),
        on('task-events', ['account.deleted'], (event) => onAccountDeleted(ctx, event)),
      ],
      jobs: { [RETRY_DELIVERY]: (job) => running.run(() => onRetryDelivery(ctx, job)) },
      stop: async () => {
        await running.stop()
        ctx.mailer.close()
      },
    }
  },
}

function deliveryCtx({
  config,
  bus,
  scheduler,
  state,
  log,
  now,
  metrics,
  tracer,
}: Deps<NotificationConfig>): Omit<DeliveryCtx, 'late'> {
  const { SMTP_URL: url, MAIL_FROM: from, PUBLIC_URL } = config
  const settings = { from, publicUrl: PUBLIC_URL }
  const mailer = url ? createSmtpMailer({ url, now }) : createLogMailer(log)
  const count = deliveryCounter(metrics)
  return { bus, scheduler, state, log, now, tracer, mailer, settings, unrecorded: new Map(), count }
}
