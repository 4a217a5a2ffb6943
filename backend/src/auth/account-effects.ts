import { errorMessage } from '@todo/platform/errors'
import type { Log } from '@todo/platform/log'
import { switchEndpointsOffUnlessConfirmed } from '../channels/repo.ts'
import { stopChannel } from '../channels/stop-channel.ts'
import { personOrigin } from '../context.ts'
import type { Ctx, UnitOfWork } from '../context.ts'
import { lockPerson } from '../profile/repo.ts'
import { announceProfile } from '../profile/announce-profile.ts'
import { dropPasswordLinks, dropOffer, mailLink } from './account-links.ts'
import type { AccountLink } from './account-links.ts'
import { replacePassword } from './credential.ts'
import { changeAddress, offerAddress, refuseTaken } from './change-address.ts'
import type { AddressChange } from './change-address.ts'
import { eraseAccount } from './erase-account.ts'
import { tooManyLinks } from './refusals.ts'

/** What follows for a person from what Better Auth does. */
export interface AccountEffects {
  /**
   * Removes everything of theirs, in one transaction with the event that tells the other services.
   * @param password how that was kept by which it was allowed @throws 400 when it is another by now
   */
  erase: (userId: string, password: string | undefined) => Promise<void>
  /** @throws 429 where it is a link that the person asks for, and they got enough of them */
  mailLink: (link: AccountLink) => Promise<void>
  /** The same for an account that was just made, which is there whatever becomes of its link. */
  welcome: (link: AccountLink) => Promise<void>
  /**
   * A link that was mailed to them is about to set their password. Their sessions end now, and what was asked for in
   * them: should something fail in between, nobody is left in who was let in by the old one.
   */
  passwordResetBegins: (userId: string) => Promise<void>
  passwordReset: (userId: string) => Promise<void>
  /** Another password where it is kept so as yet, and otherwise false. Both are as they are kept. */
  replacePassword: (password: { userId: string; was: string; becomes: string }) => Promise<boolean>
  emailConfirmed: (userId: string) => Promise<void>
  /** @throws 409 where the address has an account, 400 when the password is another by now */
  changeAddress: (change: AddressChange) => Promise<void>
  /** The same once the link is followed that is mailed there. @throws 429 where it got enough of them */
  offerAddress: (change: AddressChange) => Promise<void>
}

interface EffectOptions {
  unitOfWork: UnitOfWork
  /** Seals the links. */
  secret: string
  log: Log
  /** Nothing is believed any more of the sessions of a person. */
  forgetSessions: (userId: string) => void
}

export function accountEffects({ unitOfWork, secret, log, forgetSessions }: EffectOptions): AccountEffects {
  const { change } = unitOfWork
  const send = (link: AccountLink) => change(personOrigin(link.userId), (ctx) => mailLink(ctx, link, secret))
  const endSessions = async (userId: string, also: (ctx: Ctx) => Promise<void> = async () => {}) => {
    await change(personOrigin(userId), async (ctx) => {
      await ctx.tx.deleteFrom('session').where('userId', '=', userId).execute()
      await also(ctx)
      announceProfile(ctx, userId)
    })
    forgetSessions(userId)
  }
  return {
    erase: (userId, password) => eraseAccount(unitOfWork, userId, password),
    mailLink: async (link) => {
      // Who asks for a new password is told the same for every address there is, or is not.
      if (!(await send(link)) && link.purpose === 'confirm-email') throw tooManyLinks()
    },
    welcome: async (link) => {
      await send(link).catch((error: unknown) =>
        log.warn({ error: errorMessage(error) }, 'a new account was not mailed its link, and can ask for it'),
      )
    },
    passwordResetBegins: (userId) => endSessions(userId, ({ tx }) => dropOffer(tx, userId)),
    replacePassword: ({ userId, was, becomes }) =>
      change(personOrigin(userId), ({ tx, now }) => replacePassword(tx, userId, { was, becomes, now: now() })),
    passwordReset: (userId) => endSessions(userId, (ctx) => takePossession(ctx, userId)),
    emailConfirmed: (userId) => change(personOrigin(userId), async (ctx) => announceProfile(ctx, userId)),
    changeAddress: (address) =>
      change(personOrigin(address.userId), (ctx) => changeAddress(ctx, address, secret)).catch(refuseTaken),
    offerAddress: (address) => change(personOrigin(address.userId), (ctx) => offerAddress(ctx, address, secret)),
  }
}

const NOT_THEIRS = 'the address of this account was not confirmed before its password was set anew'

/**
 * The owner of the address has the account from now on. Where it was not confirmed to be theirs, somebody else may have
 * made the account, and reminders would go on to where that one wants them.
 */
async function takePossession(ctx: Ctx, userId: string): Promise<void> {
  const { tx } = ctx
  await lockPerson(tx, userId)
  await dropPasswordLinks(tx, userId)
  const stopped = await switchEndpointsOffUnlessConfirmed(tx, { userId, reason: NOT_THEIRS })
  for (const channelId of stopped) stopChannel(ctx, { userId, channelId })
  await tx.updateTable('user').set({ emailVerified: true }).where('id', '=', userId).execute()
}
