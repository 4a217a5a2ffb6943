import type { TodoEvent } from '@todo/model/events'
import { keepOutcome } from '../channels/outcome.ts'
import type { Outcome } from '../channels/outcome.ts'
import type { Ctx } from '../context.ts'
import { findPerson } from '../profile/repo.ts'
import { lockTaskOfSystem } from '../tasks/repo.ts'
import { notifyReminder } from './show-reminder.ts'

type Told = TodoEvent<'reminder.delivered'> | TodoEvent<'reminder.failed'>

/** Keeps what became of a reminder by a channel of ours. */
export async function onDelivery(ctx: Ctx, event: Told): Promise<void> {
  const outcome = outcomeOf(event)
  await keepOutcome(ctx, event, outcome)
  // Fired by a backend of before, which did not show it itself.
  if (outcome.kind === 'in-app' && outcome.error === null) await showOfBefore(ctx, event)
}

function outcomeOf({ data }: Told): Outcome {
  const { channel, ...tried } = data
  // What a failure has over what was delivered.
  const taken = { error: null, retryAt: null, isGone: false }
  return { ...taken, ...tried, channelId: channel, kind: channel, about: 'reminder' }
}

async function showOfBefore(ctx: Ctx, event: Told): Promise<void> {
  const task = await lockTaskOfSystem(ctx.tx, event.data.taskId)
  const person = await findPerson(ctx.tx, event.data.userId)
  if (task && person) await notifyReminder(ctx, event, { task, person })
}
