import { stopChannel } from '../channels/stop-channel.ts'
import { readUnsubscribeToken } from '../channels/unsubscribe-token.ts'
import type { MailKind } from '../channels/unsubscribe-token.ts'
import { personOrigin } from '../context.ts'
import type { UnitOfWork } from '../context.ts'
import { planDigest } from '../digests/send-digest.ts'
import { invalidField } from '@todo/platform/errors'
import { announceProfile } from '../profile/announce-profile.ts'
import { findPerson, updatePerson } from '../profile/repo.ts'

const OFF = { reminders: { emailReminders: false }, digest: { digestAt: null } } as const

/**
 * Ends the mails that a token is about, however often it comes; an account that is gone gets none anyway. Answers what
 * they were. @throws 400 for a token that is not ours
 */
export async function unsubscribe({ change }: UnitOfWork, token: string, secret: string): Promise<MailKind> {
  const read = readUnsubscribeToken(token, secret)
  if (!read) throw invalidField('token', 'must be the one in the link of a mail: open that link again, whole')
  const { what, userId } = read
  await change(personOrigin(userId), async (ctx) => {
    await updatePerson(ctx.tx, userId, OFF[what], ctx.now())
    const person = await findPerson(ctx.tx, userId)
    if (!person) return
    if (what === 'digest') await planDigest(ctx, person)
    stopChannel(ctx, { userId, channelId: what === 'digest' ? 'digest' : 'email' })
    announceProfile(ctx, userId)
  })
  return what
}
