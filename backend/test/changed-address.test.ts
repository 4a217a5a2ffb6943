import { createEmailVerificationToken } from 'better-auth/api'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { askAuth, linksOf, signUpWithMail, tokenOf } from './account-link-samples.ts'
import { createBackend, SECRET } from './harness.ts'
import type { Client, TestBackend } from './harness.ts'

let open: TestBackend
let strict: TestBackend
beforeAll(async () => {
  open = await createBackend()
  strict = await createBackend({ env: { CONFIRM_EMAIL: 'required' } })
})
afterAll(() => Promise.all([open.close(), strict.close()]))

const PASSWORD = 'correct horse battery'
let made = 0
const newAddress = () => `moved-${(made += 1)}@example.org`

const ask = (person: Client, newEmail: unknown, password: unknown = PASSWORD) =>
  person.call('POST', '/api/auth/change-email', { newEmail, password })
const follow = (who: Client, token: string) => who.call('GET', `/api/auth/verify-email?token=${token}`)
const addressOf = async (person: Client): Promise<string> => (await person.call('GET', '/me')).body.email
const signIn = (backend: TestBackend, email: string) =>
  askAuth(backend, '/sign-in/email', { email, password: PASSWORD })

describe('where nobody is asked whether an address is theirs', () => {
  test('another address is taken at once, signs in from then on, and all tabs hear of it', async () => {
    const person = await signUpWithMail(open)
    const to = newAddress()
    expect(await ask(person, to.toUpperCase())).toMatchObject({ status: 200, body: { message: 'Email updated' } })
    expect(await addressOf(person)).toBe(to)
    expect((await signIn(open, to)).status).toBe(200)
    expect((await signIn(open, person.email)).status).toBe(401)
    await open.event('view.changed', person.userId)
  })

  test('the old address is told, and what was mailed there for a new password does nothing any more', async () => {
    const person = await signUpWithMail(open)
    await askAuth(open, '/request-password-reset', { email: person.email })
    const link = await tokenOf(open, person)
    await ask(person, newAddress())
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
    for (const person of [refused, stopped]) expect((await ask(person, newAddress())).status).toBe(200)
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
    expect(await ask(person, newEmail, password)).toMatchObject(refused)
    expect(await addressOf(person)).toBe(person.email)
  })

  test('the address that the account has, or another account, is refused', async () => {
    const [person, other] = [await signUpWithMail(open), await signUpWithMail(open)]
    expect(await ask(person, person.email.toUpperCase())).toMatchObject({ status: 400, body: { code: 'SAME_EMAIL' } })
    const taken = { field: 'newEmail', message: 'has an account already: sign in, or use another' }
    expect(await ask(person, other.email)).toMatchObject({ status: 422, body: { errors: [taken] } })
    expect(await addressOf(person)).toBe(person.email)
  })

  test('of two who take the same address at once, one gets it, and the other is told', async () => {
    const people = await Promise.all(Array.from({ length: 4 }, () => signUpWithMail(open)))
    const to = newAddress()
    const statuses = await Promise.all(people.map(async (person) => (await ask(person, to)).status))
    expect(statuses.toSorted((a, b) => a - b)).toEqual([200, 422, 422, 422])
  })

  test('nobody changes an address without a session', async () => {
    expect((await askAuth(open, '/change-email', { newEmail: newAddress(), password: PASSWORD })).status).toBe(401)
  })
})

describe('where addresses are confirmed', () => {
  test('another address is taken when its link is followed, which is mailed there, and is confirmed by that', async () => {
    const person = await signUpWithMail(strict)
    const to = newAddress()
    expect(await ask(person, to)).toMatchObject({ status: 200, body: { message: 'Verification email sent' } })
    const link = await tokenOf(strict, person, 2)
    expect(linksOf(strict, person)[1]).toMatchObject({ purpose: 'change-email', recipient: { email: to, name: '' } })
    expect(await addressOf(person)).toBe(person.email)
    expect((await follow(person, link)).status).toBe(200)
    expect((await person.call('GET', '/me')).body).toMatchObject({ email: to, emailConfirmed: true })
    expect((await follow(person, link)).status).toBe(200)
    // The address of before was never confirmed to be theirs.
    expect(linksOf(strict, person).map(({ purpose }) => purpose)).toEqual(['confirm-email', 'change-email'])
  })

  test('the link does nothing for who is not signed in, or is somebody else: an address may be mistyped', async () => {
    const [person, mallory] = [await signUpWithMail(strict), await signUpWithMail(strict)]
    await ask(person, newAddress())
    const link = await tokenOf(strict, person, 2)
    const stranger = await strict.app.inject({ method: 'GET', url: `/api/auth/verify-email?token=${link}` })
    expect([stranger.statusCode, stranger.headers['set-cookie']]).toEqual([401, undefined])
    expect(await follow(mallory, link)).toMatchObject({ status: 403, body: { code: 'INVALID_USER' } })
    expect(await addressOf(person)).toBe(person.email)
  })

  test('the address that was confirmed before is told', async () => {
    const person = await signUpWithMail(strict)
    await follow(person, await tokenOf(strict, person))
    await ask(person, newAddress())
    await follow(person, await tokenOf(strict, person, 2))
    await tokenOf(strict, person, 3)
    expect(linksOf(strict, person)[2]).toMatchObject({ purpose: 'email-changed', recipient: { email: person.email } })
  })

  test('of two links the one that is followed counts, and the other is over', async () => {
    const person = await signUpWithMail(strict)
    const [first, second] = [newAddress(), newAddress()]
    await ask(person, first)
    await ask(person, second)
    expect((await follow(person, await tokenOf(strict, person, 3))).status).toBe(200)
    expect(await follow(person, await tokenOf(strict, person, 2))).toMatchObject({ status: 403 })
    expect(await addressOf(person)).toBe(second)
  })

  test('an address that got an account in the meantime is refused when the link is followed', async () => {
    const person = await signUpWithMail(strict)
    const other = await signUpWithMail(strict)
    const link = await createEmailVerificationToken(SECRET, person.email, other.email)
    expect(await follow(person, link)).toMatchObject({ status: 422 })
    expect(await ask(person, other.email)).toMatchObject({ status: 422 })
    expect(await addressOf(person)).toBe(person.email)
  })

  test('to one address go three links in a quarter of an hour', async () => {
    const person = await signUpWithMail(strict)
    const to = newAddress()
    for (let count = 0; count < 3; count += 1) expect((await ask(person, to)).status).toBe(200)
    expect(await ask(person, to)).toMatchObject({ status: 429, body: { code: 'TOO_MANY_LINKS' } })
  })
})
