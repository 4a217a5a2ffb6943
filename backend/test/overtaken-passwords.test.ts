import { afterAll, beforeAll, expect, test } from 'vitest'
import { pollUntil } from '@todo/platform/testing/poll-until'
import { askAuth, PASSWORD, signUpWithMail, tokenOf } from './account-link-samples.ts'
import { createBackend } from './harness.ts'
import type { TestBackend } from './harness.ts'
import { PLAIN_PASSWORDS } from './plain-passwords.ts'

const newPassword = 'staple battery horse'

/** A password is looked at, and found right, as long as this is unset; otherwise it waits for its end. */
let held: PromiseWithResolvers<void> | null = null
let waiting = 0
/** The same where a password is made unreadable. */
let isHashHeld = false

let backend: TestBackend
beforeAll(async () => {
  const verify: typeof PLAIN_PASSWORDS.verify = async ({ hash, password }) => {
    const isRight = await PLAIN_PASSWORDS.verify({ hash: hash.replace('salted:', ''), password })
    waiting += 1
    await held?.promise
    return isRight
  }
  const hash: typeof PLAIN_PASSWORDS.hash = async (password) => {
    if (isHashHeld) {
      waiting += 1
      await held?.promise
    }
    return PLAIN_PASSWORDS.hash(password)
  }
  backend = await createBackend({ passwords: { hash, verify } })
})
afterAll(() => backend.close())

/** Does something for which a password is looked at, and something else meanwhile. */
async function meanwhile<T>(what: () => Promise<T>, other: () => Promise<void>): Promise<T> {
  held = Promise.withResolvers()
  waiting = 0
  const doing = what()
  await pollUntil(() => waiting > 0)
  const { resolve } = held
  held = null
  await other()
  resolve()
  return doing
}

async function whileHashed<T>(what: () => Promise<T>, other: () => Promise<void>): Promise<T> {
  isHashHeld = true
  try {
    return await meanwhile(what, other)
  } finally {
    isHashHeld = false
  }
}

function signInMeanwhile(email: string, password: string, other: () => Promise<void>) {
  const payload = { email, password }
  return meanwhile(() => backend.app.inject({ method: 'POST', url: '/api/auth/sign-in/email', payload }), other)
}

const sessionsOf = async (userId: string) => {
  const { rows } = await backend.testDatabase.database.pool.query('select from session where "userId" = $1', [userId])
  return rows.length
}

test('whoever was signing in with the old password while another was set by a link is not let in', async () => {
  const person = await signUpWithMail(backend)
  await askAuth(backend, '/request-password-reset', { email: person.email })
  const token = await tokenOf(backend, person)
  const { statusCode, body, headers } = await signInMeanwhile(person.email, PASSWORD, async () => {
    expect((await askAuth(backend, '/reset-password', { token, newPassword })).status).toBe(200)
  })
  expect([statusCode, JSON.parse(body).code]).toEqual([401, 'INVALID_EMAIL_OR_PASSWORD'])
  expect([headers['set-cookie']].flat().every((line) => /Max-Age=0/.test(line!))).toBe(true)
  expect(await sessionsOf(person.userId)).toBe(0)
})

test('nor while it was changed in the settings', async () => {
  const person = await signUpWithMail(backend)
  const { statusCode } = await signInMeanwhile(person.email, PASSWORD, async () => {
    const change = { currentPassword: PASSWORD, newPassword, revokeOtherSessions: true }
    expect((await person.call('POST', '/api/auth/change-password', change)).status).toBe(200)
  })
  expect(statusCode).toBe(401)
  expect(await sessionsOf(person.userId)).toBe(1)
})

test('who signs in with a password that was kept in another way meanwhile is let in', async () => {
  const person = await signUpWithMail(backend)
  const { statusCode } = await signInMeanwhile(person.email, PASSWORD, async () => {
    // As setting the same one again would, with another salt.
    const hash = `salted:plain:${PASSWORD}`
    await backend.testDatabase.database.pool.query('update account set password = $1 where "userId" = $2', [
      hash,
      person.userId,
    ])
  })
  expect(statusCode).toBe(200)
})

const EVIL = 'evil evil evil'

test.for([
  ['no address', 'change-email', { newEmail: 'evil@example.org', password: PASSWORD }],
  ['no password', 'change-password', { currentPassword: PASSWORD, newPassword: EVIL, revokeOtherSessions: true }],
  ['no password, where the sessions stay', 'change-password', { currentPassword: PASSWORD, newPassword: EVIL }],
  ['nothing, and deletes no account', 'delete-user', { password: PASSWORD }],
] as const)('whoever uses the old password while another is set by a link changes %s', async ([what, path, body]) => {
  const person = await signUpWithMail(backend)
  await askAuth(backend, '/request-password-reset', { email: person.email })
  const token = await tokenOf(backend, person)
  const answer = await meanwhile(
    () => person.call('POST', `/api/auth/${path}`, body),
    async () => {
      expect((await askAuth(backend, '/reset-password', { token, newPassword })).status).toBe(200)
    },
  )
  expect([what, answer.status, answer.body.code]).toEqual([what, 400, 'INVALID_PASSWORD'])
  expect(await sessionsOf(person.userId)).toBe(0)
  expect((await askAuth(backend, '/sign-in/email', { email: person.email, password: newPassword })).status).toBe(200)
})

test('a link for a new password is over once the account has left the address that it was mailed to', async () => {
  const person = await signUpWithMail(backend)
  await askAuth(backend, '/request-password-reset', { email: person.email })
  const token = await tokenOf(backend, person)
  const moved = `moved-${person.email}`
  // Better Auth makes the new password unreadable before it is written down.
  const reset = await whileHashed(
    () => askAuth(backend, '/reset-password', { token, newPassword }),
    async () => {
      const { pool } = backend.testDatabase.database
      await pool.query('update "user" set email = $1 where id = $2', [moved, person.userId])
    },
  )
  expect(reset).toMatchObject({ status: 400, body: { code: 'INVALID_TOKEN' } })
  expect((await askAuth(backend, '/sign-in/email', { email: moved, password: PASSWORD })).status).toBe(200)
})

test('an account that goes while its password is looked at is told as gone', async () => {
  const { pool } = backend.testDatabase.database
  const person = await signUpWithMail(backend)
  await pool.query('delete from account where "userId" = $1', [person.userId])
  for (const [path, body] of [
    ['delete-user', { password: PASSWORD }],
    ['change-password', { currentPassword: PASSWORD, newPassword: 'staple battery horse' }],
  ] as const) {
    expect(await person.call('POST', `/api/auth/${path}`, body)).toMatchObject({
      status: 401,
      body: { code: 'UNAUTHORIZED', detail: 'Sign in first: this account is gone.' },
    })
  }
})

test('of two who delete the account at once, both are told that it is gone', async () => {
  const person = await signUpWithMail(backend)
  const deleting = [1, 2, 3].map(() => person.call('POST', '/api/auth/delete-user', { password: PASSWORD }))
  const statuses = (await Promise.all(deleting)).map(({ status }) => status)
  expect(statuses).toContain(200)
  expect(statuses.every((status) => status === 200 || status === 401)).toBe(true)
})
