import type { Generated } from 'kysely'
import type { InstantColumn } from '../column-types.ts'

export interface UserTable {
  id: string
  name: string
  email: string
  emailVerified: Generated<boolean>
  image: string | null
  createdAt: InstantColumn
  updatedAt: InstantColumn
  timeZone: string
  locale: string
  weekStart: number
  emailReminders: boolean
  emailOffReason: string | null
  /** Times of day, as text; both or neither. */
  quietFrom: string | null
  quietTo: string | null
  digestAt: string | null
  defaultReminder: number | null
}

/** Of Better Auth, which has more columns. */
export interface SessionTable {
  id: string
  userId: string
}

/** Of Better Auth: the links that set a password, by their hash. */
export interface VerificationTable {
  id: string
  /** Whose it is. */
  value: string
  expiresAt: InstantColumn
}

/** Of Better Auth: how somebody signs in, here always by a password. */
export interface AccountTable {
  userId: string
  providerId: string
  password: string | null
  updatedAt: InstantColumn
}

export interface AddressChangeTable {
  user_id: string
  token_hash: string
  email: string
  expires_at: InstantColumn
}
