import { createEmailVerificationToken } from 'better-auth/api'
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
import { createBackend, SECRET } from './harness.ts'
import type { Client, TestBackend } from './harness.ts'

let strict: TestBackend
beforeAll(async () => {
  strict = await createBackend({ env: { CONFIRM_EMAIL: 'required' } })
})
afterAll(() => strict.close())

const follow = (who: Client, token: string) => who.call('POST', '/me/email', { token })
const confirm = (who: Client, token: string) => who.call('GET', `/api/auth/verify-email?token=${token}`)

describe('where addresses are confirmed', () => {
  const offered = async (person: Client) => (await person.call('GET', '/me/email')).body.offered
  /** A person and the link to their new address. */
  async function withLink(to = newAddress()) {
    const person = await signUpWithMail(strict)
    expect(await askForAddress(person, to)).toMatchObject({ status: 200, body: { message: 'Verification email sent' } })
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
    await askForAddress(person, person.email)
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

  test('following it is answered the same when it is sent again with its Idempotency-Key', async () => {
    const { person, to, link } = await withLink()
    const key = { 'idempotency-key': 'once' }
    const answers = [1, 2].map(() => person.call('POST', '/me/email', { token: link }, key))
    for (const { status, body } of await Promise.all(answers)) expect([status, body.email]).toEqual([200, to])
  })

  test('a link of Better Auth that would change the address, and sign in whoever follows it, does nothing', async () => {
    const person = await signUpWithMail(strict)
    for (const type of [undefined, 'change-email-confirmation', 'change-email-verification']) {
      const extra = type ? { requestType: type } : {}
      const token = await createEmailVerificationToken(SECRET, person.email, newAddress(), undefined, extra)
      const url = `/api/auth/verify-email?token=${token}`
      const { statusCode, headers, body } = await strict.app.inject({ method: 'GET', url })
      expect([statusCode, headers['set-cookie'], JSON.parse(body).code]).toEqual([400, undefined, 'INVALID_TOKEN'])
    }
    expect(await addressOf(person)).toBe(person.email)
  })

  test('the address that was confirmed before is told', async () => {
    const person = await signUpWithMail(strict)
    await confirm(person, await tokenOf(strict, person))
    await askForAddress(person, newAddress())
    await follow(person, await tokenOf(strict, person, 2))
    await tokenOf(strict, person, 3)
    expect(linksOf(strict, person)[2]).toMatchObject({ purpose: 'email-changed', recipient: { email: person.email } })
  })

  test('of two that were asked for the last one counts', async () => {
    const { person, link } = await withLink()
    const second = newAddress()
    await askForAddress(person, second)
    const last = await tokenOf(strict, person, 3)
    const answers = await Promise.all([follow(person, link), follow(person, last), follow(person, last)])
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 400, 400])
    expect(await addressOf(person)).toBe(second)
  })

  test('an address that has an account, or gets one meanwhile, is refused', async () => {
    const other = await signUpWithMail(strict)
    const { person, to, link } = await withLink()
    expect(await askForAddress(person, other.email)).toMatchObject({
      status: 409,
      body: { errors: [{ field: 'newEmail' }] },
    })
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
    for (let count = 1; count < 3; count += 1) expect((await askForAddress(person, to)).status).toBe(200)
    expect(await askForAddress(person, to)).toMatchObject({ status: 429, body: { code: 'TOO_MANY_LINKS' } })
    expect((await follow(person, await tokenOf(strict, person, 4))).status).toBe(200)
  })

  test.for([{}, { token: '' }, { token: 7 }, { token: 'x', email: 'a@example.org' }])('%j is refused', async (body) => {
    const person = await signUpWithMail(strict)
    expect((await person.call('POST', '/me/email', body)).status).toBe(400)
  })
})
