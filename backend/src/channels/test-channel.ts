import { v7 as uuidv7 } from 'uuid'
import { AppError, notFound } from '@todo/platform/errors'
import type { Ctx } from '../context.ts'
import { notify } from '../notifications/use-cases.ts'
import { findPerson } from '../profile/repo.ts'
import { isBuiltIn } from './channel-id.ts'
import { mayBeMailed, recipientOf } from './recipient.ts'
import type { MailRules } from './recipient.ts'
import { endpointsToSendTo, takeTest } from './repo.ts'
import { keepResult } from './results.ts'

/** Each is sent to somebody else's server. */
const TESTS_PER_MINUTE = 5

/**
 * Sends something by one channel, also by one that is switched off; what becomes of it is told as its last result.
 * @throws 429 for more than so many in a minute, by whichever channels; 409 by mail to an address that is not confirmed
 */
export async function testChannel(
  ctx: Ctx,
  { userId, channelId, rules }: { userId: string; channelId: string; rules: MailRules },
): Promise<{ testId: string }> {
  const { tx, now, emit } = ctx
  const person = await findPerson(tx, userId)
  if (!person) throw notFound('account')
  const endpoints = isBuiltIn(channelId) ? [] : await endpointsToSendTo(tx, userId, channelId)
  if (!isBuiltIn(channelId) && endpoints.length === 0) throw notFound('channel')
  if (channelId === 'email' && !mayBeMailed(person, rules)) {
    throw new AppError('conflict', 'Follow the link in the mail that was sent to your address first.')
  }
  if (!(await takeTest(tx, userId, { now: now(), most: TESTS_PER_MINUTE }))) {
    throw new AppError('too-many-requests', `That was ${TESTS_PER_MINUTE} tests: wait a minute before the next one.`)
  }
  const testId = uuidv7()
  if (channelId === 'in-app') await testInApp(ctx, userId, testId)
  else {
    const channels = channelId === 'email' ? ['email' as const] : []
    emit('channel.tested', userId, { userId, testId, recipient: { ...recipientOf(person), channels, endpoints } })
  }
  return { testId }
}

async function testInApp(ctx: Ctx, userId: string, testId: string): Promise<void> {
  const words = { title: 'This is a test', body: 'Reminders are shown here, whatever else is switched on.' }
  await notify(ctx, { id: testId, userId, kind: 'test', taskId: null, ...words })
  const result = { userId, channel: 'in-app', at: ctx.now().toISOString(), error: null }
  await keepResult(ctx, result, { sameWithinSeconds: 0 })
}
