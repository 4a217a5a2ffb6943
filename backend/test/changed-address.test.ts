import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { askAuth, linksOf, signUpWithMail, tokenOf } from './account-link-samples.ts'
import { createBackend } from './harness.ts'
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
const follow = (who: Client, token: string) => who.call('POST', '/me/email', { token })
const confirm = (who: Client, token: string) => who.call('GET', `/api/auth/verify-email?token=${token}`)
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
    const taken = { field: 'newEmail', message: 'has an account already: use another' }
    expect(await ask(person, other.email)).toMatchObject({ status: 409, body: { errors: [taken] } })
    expect(await addressOf(person)).toBe(person.email)
  })

  test('of two who take the same address at once, one gets it, and the other is told', async () => {
    const people = await Promise.all(Array.from({ length: 4 }, () => signUpWithMail(open)))
    const to = newAddress()
    const statuses = await Promise.all(people.map(async (person) => (await ask(person, to)).status))
    expect(statuses.toSorted((a, b) => a - b)).toEqual([200, 409, 409, 409])
  })

  test('nobody changes an address without a session', async () => {
    expect((await askAuth(open, '/change-email', { newEmail: newAddress(), password: PASSWORD })).status).toBe(401)
  })
})

describe('where addresses are confirmed', () => {
  const offered = async (person: Client) => (await person.call('GET', '/me/email')).body.offered
  /** A person and the link to their new address. */
  async function withLink(to = newAddress()) {
    const person = await signUpWithMail(strict)
    expect(await ask(person, to)).toMatchObject({ status: 200, body: { message: 'Verification email sent' } })
    return { person, to, link: await tokenOf(strict, person, 2) }
  }

  test('another address is taken when its link is followed, which is mailed there, and is confirmed by that', async () => {
    const { person, to, link } = await withLink()
    expect(linksOf(strict, person)[1]).toMatchObject({ purpose: 'change-email', recipient: { email: to, name: '' } })
    expect(await addressOf(person)).toBe(person.email)
    expect(await offered(person)).toMatchObject({ email: to })
    expect(await follow(person, link)).toMatchObject({ status: 200, body: { email: to, offered: null } })
    expect((await person.call('GET', '/me')).body).toMatchObject({ email: to, emailConfirmed: true })
    // The address of before was never confirmed to be theirs.
    expect(linksOf(strict, person).map(({ purpose }) => purpose)).toEqual(['confirm-email', 'change-email'])
  })

  test('a link works once, also where the address becomes again what it was', async () => {
    const { person, link } = await withLink()
    expect((await follow(person, link)).status).toBe(200)
    await ask(person, person.email)
    const back = await tokenOf(strict, person, 3)
    const used = { field: 'token', message: 'is not of this account, was used, or is over: ask for another' }
    expect(await follow(person, link)).toMatchObject({ status: 400, body: { errors: [used] } })
    expect((await follow(person, back)).status).toBe(200)
    expect((await follow(person, link)).status).toBe(400)
    expect(await addressOf(person)).toBe(person.email)
  })

  test('the link does nothing for who is not signed in, or is somebody else: an address may be mistyped', async () => {
    const { person, link } = await withLink()
    const mallory = await signUpWithMail(strict)
    const url = '/api/v1/me/email'
    expect((await strict.app.inject({ method: 'POST', url, payload: { token: link } })).statusCode).toBe(401)
    expect((await strict.app.inject({ method: 'GET', url: `${url}?token=${link}` })).statusCode).toBe(401)
    expect((await follow(mallory, link)).status).toBe(400)
    expect(await addressOf(person)).toBe(person.email)
  })

  test('the link goes with the account, and does nothing to who has the address afterwards', async () => {
    const { person, link } = await withLink()
    expect((await person.call('POST', '/api/auth/delete-user', { password: PASSWORD })).status).toBe(200)
    const account = { name: 'Owner', email: person.email, password: PASSWORD }
    const { headers } = await strict.app.inject({ method: 'POST', url: '/api/auth/sign-up/email', payload: account })
    const cookie = [headers['set-cookie']]
      .flat()
      .map((line) => line!.split(';')[0]!)
      .join('; ')
    const payload = { token: link }
    const answer = await strict.app.inject({ method: 'POST', url: '/api/v1/me/email', headers: { cookie }, payload })
    expect(answer.statusCode).toBe(400)
  })

  test.for(['a link', 'the settings'])(
    'a new password by %s ends what was asked for with the one before',
    async (way) => {
      const { person, link } = await withLink()
      const newPassword = 'staple battery horse'
      if (way === 'a link') {
        await askAuth(strict, '/request-password-reset', { email: person.email })
        await askAuth(strict, '/reset-password', { token: await tokenOf(strict, person, 3), newPassword })
      } else {
        const change = { currentPassword: PASSWORD, newPassword, revokeOtherSessions: false }
        expect((await person.call('POST', '/api/auth/change-password', change)).status).toBe(200)
      }
      const { rows } = await strict.testDatabase.database.pool.query('select from address_change where user_id = $1', [
        person.userId,
      ])
      expect(rows).toEqual([])
      expect((await follow(person, link)).status).toBe(way === 'a link' ? 401 : 400)
    },
  )

  test('the address that was confirmed before is told', async () => {
    const person = await signUpWithMail(strict)
    await confirm(person, await tokenOf(strict, person))
    await ask(person, newAddress())
    await follow(person, await tokenOf(strict, person, 2))
    await tokenOf(strict, person, 3)
    expect(linksOf(strict, person)[2]).toMatchObject({ purpose: 'email-changed', recipient: { email: person.email } })
  })

  test('of two that were asked for the last one counts', async () => {
    const { person, link } = await withLink()
    const second = newAddress()
    await ask(person, second)
    const last = await tokenOf(strict, person, 3)
    const answers = await Promise.all([follow(person, link), follow(person, last), follow(person, last)])
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 400, 400])
    expect(await addressOf(person)).toBe(second)
  })

  test('an address that has an account, or gets one meanwhile, is refused', async () => {
    const other = await signUpWithMail(strict)
    const { person, to, link } = await withLink()
    expect(await ask(person, other.email)).toMatchObject({ status: 409, body: { errors: [{ field: 'newEmail' }] } })
    await strict.testDatabase.database.pool.query('update "user" set email = $1 where id = $2', [to, other.userId])
    expect(await follow(person, link)).toMatchObject({ status: 409 })
    expect(await addressOf(person)).toBe(person.email)
  })

  test('a link is over after three days', async () => {
    const { person, link } = await withLink()
    strict.setNow(new Date(Date.now() + 3 * 24 * 60 * 60_000 + 1_000))
    const late = await follow(person, link)
    const left = await offered(person)
    strict.setNow(null)
    expect([late.status, left]).toEqual([400, null])
  })

  test('to one address go three links in a quarter of an hour, and the last of them goes on working', async () => {
    const { person, to } = await withLink()
    for (let count = 1; count < 3; count += 1) expect((await ask(person, to)).status).toBe(200)
    expect(await ask(person, to)).toMatchObject({ status: 429, body: { code: 'TOO_MANY_LINKS' } })
    expect((await follow(person, await tokenOf(strict, person, 4))).status).toBe(200)
  })

  test.for([{}, { token: '' }, { token: 7 }, { token: 'x', email: 'a@example.org' }])('%j is refused', async (body) => {
    const person = await signUpWithMail(strict)
    expect((await person.call('POST', '/me/email', body)).status).toBe(400)
  })
})
