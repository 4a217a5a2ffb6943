import { APIError, getSessionFromCtx } from 'better-auth/api'
import { z } from 'zod'
import type { BackendConfig } from '../config.ts'
import type { AccountEffects } from './account-effects.ts'
import { passwordNoted, wrongPassword } from './credential.ts'
import type { Asked } from './credential.ts'
import { notSignedIn, passwordNeeded } from './refusals.ts'

interface Options {
  config: Pick<BackendConfig, 'CONFIRM_EMAIL'>
  effects: Pick<AccountEffects, 'offerAddress' | 'changeAddress'>
}

const Address = z.email().max(320).toLowerCase()

/**
 * Answers `/change-email`, in place of Better Auth: with the password of the account, since whoever has the address can
 * set another one. Where addresses are confirmed, the new one is mailed a link first.
 */
export async function askForAddress(asked: Asked, { config, effects }: Options): Promise<object> {
  const session = await getSessionFromCtx(asked)
  if (!session) throw notSignedIn()
  const { newEmail, password } = asked.body as { newEmail?: unknown; password?: unknown }
  const { data: email } = Address.safeParse(newEmail)
  if (email === undefined) throw refusal('INVALID_EMAIL', 'This is not an e-mail address.')
  if (typeof password !== 'string' || password === '') throw passwordNeeded('change the address')
  const hash = passwordNoted(asked.request)
  if (!hash || !(await asked.context.password.verify({ hash, password }))) throw wrongPassword()
  if (email === session.user.email) throw refusal('SAME_EMAIL', 'This is the address of the account already.')
  const change = { userId: session.user.id, email, password: hash }
  if (config.CONFIRM_EMAIL === 'off') {
    await effects.changeAddress(change)
    return asked.json({ status: true, message: 'Email updated' })
  }
  await effects.offerAddress(change)
  return asked.json({ status: true, message: 'Verification email sent' })
}

const refusal = (code: string, message: string) => new APIError('BAD_REQUEST', { code, message })
