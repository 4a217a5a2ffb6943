import type { Passwords } from '../src/auth/auth.ts'

/** For people of whom only the tests know. */
export const PLAIN_PASSWORDS: Passwords = {
  hash: async (password) => `plain:${password}`,
  verify: async ({ hash, password }) => hash === `plain:${password}`,
}
