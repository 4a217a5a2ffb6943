import { APIError } from 'better-auth/api'
import { personOrigin } from '../context.ts'
import type { UnitOfWork } from '../context.ts'
import { announceProfile } from '../profile/announce-profile.ts'
import { mailLink } from './account-links.ts'
import type { AccountLink } from './account-links.ts'
import { eraseAccount } from './erase-account.ts'

/** What follows for a person from what Better Auth does. */
export interface AccountEffects {
  /** Removes everything of theirs, in one transaction with the event that tells the other services. */
  erase: (userId: string) => Promise<void>
  mailLink: (link: AccountLink) => Promise<void>
  /** A link that was mailed to them has set their password. */
  passwordReset: (userId: string) => Promise<void>
  emailConfirmed: (userId: string) => Promise<void>
}

interface EffectOptions {
  unitOfWork: UnitOfWork
  /** Seals the links. */
  secret: string
  /** Nothing is believed any more of the sessions of a person. */
  forgetSessions: (userId: string) => void
}

export function accountEffects({ unitOfWork, secret, forgetSessions }: EffectOptions): AccountEffects {
  const { change } = unitOfWork
  return {
    erase: (userId) => eraseAccount(unitOfWork, userId),
    mailLink: async (link) => {
      const isSent = await change(personOrigin(link.userId), (ctx) => mailLink(ctx, link, secret))
      // Who asks for a new password is told the same for every address there is, or is not.
      if (!isSent && link.purpose === 'confirm-email') throw new APIError('TOO_MANY_REQUESTS', TOO_MANY)
    },
    passwordReset: async (userId) => {
      await change(personOrigin(userId), async (ctx) => {
        await ctx.tx.deleteFrom('session').where('userId', '=', userId).execute()
        // They have read what was mailed there.
        await ctx.tx.updateTable('user').set({ emailVerified: true }).where('id', '=', userId).execute()
        announceProfile(ctx, userId)
      })
      forgetSessions(userId)
    },
    emailConfirmed: (userId) => change(personOrigin(userId), async (ctx) => announceProfile(ctx, userId)),
  }
}

const TOO_MANY = {
  code: 'TOO_MANY_LINKS',
  message: 'That was three mails in a quarter of an hour: look for them before you ask for another.',
}
