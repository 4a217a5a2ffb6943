import type { JobHandler } from '@todo/platform/job-scheduler'
import { deliver } from './deliver.ts'
import type { DeliveryCtx } from './delivery-ctx.ts'
import { readRetryJob } from './retry-job.ts'
import { isVoid } from './void-message.ts'

/** Makes the next try at a message that could not be sent. */
export async function onRetryDelivery(ctx: DeliveryCtx, { name, data }: Parameters<JobHandler>[0]): Promise<void> {
  const delivery = readRetryJob(data)
  // Thrown, it would come again for ever.
  if (!delivery) return ctx.log.error({ job: name }, 'a job is not understood and is left out')
  if (await isVoid(ctx, delivery.message)) return
  await deliver(ctx, delivery)
}
