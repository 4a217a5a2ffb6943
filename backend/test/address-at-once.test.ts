import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  addressOf,
  askAuth,
  askForAddress,
  linksOf,
  newAddress,
  PASSWORD,
  signUpWithMail,
  tokenOf,
} from './account-link-samples.ts'
import { createBackend } from './harness.ts'
import type { TestBackend } from './harness.ts'

let open: TestBackend
beforeAll(async () => {
  open = await createBackend()
})
afterAll(() => open.close())

const signIn = (email: string) => askAuth(open, '/sign-in/email', { email, password: PASSWORD })

describe('where nobody is asked whether an address is theirs', () => {
  test('another address is taken at once, signs in from then on, and all tabs hear of it', async () => {
    const person = await signUpWithMail(open)
    const to = newAddress()
    expect(await askForAddress(person, to.toUpperCase())).toMatchObject({
      status: 200,
      body: { message: 'Email updated' },
    })
    expect(await addressOf(person)).toBe(to)
    expect((await signIn(to)).status).toBe(200)
    expect((await signIn(person.email)).status).toBe(401)
    await open.event('view.changed', person.userId)
  })

  test('the old address is told, and what was mailed there for a new password does nothing any more', async () => {
    const person = await signUpWithMail(open)
    await askAuth(open, '/request-password-reset', { email: person.email })
    const link = await tokenOf(open, person)
    await askForAddress(person, newAddress())
    await tokenOf(open, person, 2)
    expect(linksOf(open, person)[1]).toMatchObject({ purpose: 'email-changed', recipient: { email: person.email } })
    const reset = { token: link, newPassword: 'staple battery horse' }
    expect(await askAuth(open, '/reset-password', reset)).toMatchObject({
      status: 400,
      body: { code: 'INVALID_TOKEN' },
    })
  })

  test('mails that could not be delivered to the old address are switched on again; those that the person stopped are not', async () => {
    const { pool } = open.testDatabase.database
    const [refused, stopped] = [await signUpWithMail(open), await signUpWithMail(open)]
    await stopped.call('PATCH', '/me', { emailReminders: false })
    await pool.query(`update "user" set "emailReminders" = false, "emailOffReason" = 'no such address' where id = $1`, [
      refused.userId,
    ])
    for (const person of [refused, stopped]) expect((await askForAddress(person, newAddress())).status).toBe(200)
    const { rows } = await pool.query(
      'select id, "emailReminders" as on, "emailOffReason" as why from "user" where id = any($1) order by "createdAt"',
      [[refused.userId, stopped.userId]],
    )
    expect(rows).toEqual([
      { id: refused.userId, on: true, why: null },
      { id: stopped.userId, on: false, why: null },
    ])
  })

  test.for([
    [
      'no address at all',
      'nonsense',
      PASSWORD,
      { status: 400, body: { errors: [{ field: 'newEmail', message: 'must be an e-mail address' }] } },
    ],
    ['a number', 7, PASSWORD, { status: 400, body: { errors: [{ field: 'newEmail' }] } }],
    [
      'the wrong password',
      'a@example.org',
      'wrong',
      { status: 400, body: { errors: [{ field: 'password', message: 'is not the password of this account' }] } },
    ],
    [
      'no password',
      'a@example.org',
      '',
      { status: 400, body: { errors: [{ field: 'password', message: 'is missing' }] } },
    ],
  ] as const)('%s is refused with the field, and changes nothing', async ([, newEmail, password, refused]) => {
    const person = await signUpWithMail(open)
    expect(await askForAddress(person, newEmail, password)).toMatchObject(refused)
    expect(await addressOf(person)).toBe(person.email)
  })

  test('the address that the account has, or another account, is refused', async () => {
    const [person, other] = [await signUpWithMail(open), await signUpWithMail(open)]
    expect(await askForAddress(person, person.email.toUpperCase())).toMatchObject({
      status: 400,
      body: { code: 'SAME_EMAIL' },
    })
    const taken = { field: 'newEmail', message: 'has an account already: use another' }
    expect(await askForAddress(person, other.email)).toMatchObject({ status: 409, body: { errors: [taken] } })
    expect(await addressOf(person)).toBe(person.email)
  })

  test('of two who take the same address at once, one gets it, and the other is told', async () => {
    const people = await Promise.all(Array.from({ length: 4 }, () => signUpWithMail(open)))
    const to = newAddress()
    const statuses = await Promise.all(people.map(async (person) => (await askForAddress(person, to)).status))
    expect(statuses.toSorted((a, b) => a - b)).toEqual([200, 409, 409, 409])
  })

  test('nobody changes an address without a session', async () => {
    expect((await askAuth(open, '/change-email', { newEmail: newAddress(), password: PASSWORD })).status).toBe(401)
  })
})
