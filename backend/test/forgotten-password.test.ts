import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { askAuth, linksOf, signUpWithMail, tokenOf } from './account-link-samples.ts'
import { createBackend } from './harness.ts'
import type { TestBackend } from './harness.ts'

let open: TestBackend
beforeAll(async () => {
  open = await createBackend()
})
afterEach(() => open.setNow(null))
afterAll(() => open.close())

const QUARTER_MS = 15 * 60_000

const askFor = (email: string) => askAuth(open, '/request-password-reset', { email })
const signIn = (email: string, password: string) => askAuth(open, '/sign-in/email', { email, password })

describe('a forgotten password', () => {
  const newPassword = 'staple battery horse'

  test('is replaced by the link that is mailed: once, and every session ends', async () => {
    const person = await signUpWithMail(open)
    expect((await askFor(person.email.toUpperCase())).status).toBe(200)
    const link = await tokenOf(open, person)
    const reset = () => askAuth(open, '/reset-password', { token: link, newPassword })
    expect((await reset()).status).toBe(200)
    expect((await person.call('GET', '/me')).status).toBe(401)
    expect((await signIn(person.email, 'correct horse battery')).status).toBe(401)
    expect((await signIn(person.email, newPassword)).status).toBe(200)
    expect(await reset()).toMatchObject({ status: 400, body: { code: 'INVALID_TOKEN' } })
  })

  test('its link is for the mail alone: sealed on its way, not to be found in the database, and over after an hour', async () => {
    const person = await signUpWithMail(open)
    await askFor(person.email)
    const link = await tokenOf(open, person)
    const [told] = linksOf(open, person)
    expect(told).toMatchObject({ purpose: 'new-password', recipient: { email: person.email, channels: ['email'] } })
    expect(Date.parse(told!.expiresAt) - Date.now()).toBeGreaterThan(59 * 60_000)
    expect(JSON.stringify(open.published)).not.toContain(link)
    const { rows } = await open.testDatabase.database.pool.query('select * from verification')
    expect(rows.some(({ value }) => value === person.userId)).toBe(true)
    expect(JSON.stringify(rows)).not.toContain(link)
    await open.testDatabase.database.pool.query(`update verification set "expiresAt" = now() - interval '1 second'`)
    const late = await askAuth(open, '/reset-password', { token: link, newPassword })
    expect(late).toMatchObject({ status: 400, body: { code: 'INVALID_TOKEN' } })
  })

  test('is no way back in for who asked for another link before, or before a change in the settings', async () => {
    const person = await signUpWithMail(open)
    for (let count = 0; count < 3; count += 1) await askFor(person.email)
    const [first, second, third] = await Promise.all([1, 2, 3].map((count) => tokenOf(open, person, count)))
    const reset = (link: string) => askAuth(open, '/reset-password', { token: link, newPassword })
    expect((await reset(second!)).status).toBe(200)
    expect(await reset(first!)).toMatchObject({ status: 400, body: { code: 'INVALID_TOKEN' } })
    expect(await reset(third!)).toMatchObject({ status: 400, body: { code: 'INVALID_TOKEN' } })

    const other = await signUpWithMail(open)
    await askFor(other.email)
    const link = await tokenOf(open, other)
    const change = { currentPassword: 'correct horse battery', newPassword, revokeOtherSessions: false }
    expect((await other.call('POST', '/api/auth/change-password', change)).status).toBe(200)
    expect((await reset(link)).status).toBe(400)
  })

  test('nobody who was signed in stays so when something fails on the way', async () => {
    const { pool } = open.testDatabase.database
    const person = await signUpWithMail(open)
    await askFor(person.email)
    const link = await tokenOf(open, person)
    await pool.query(`create function refuse() returns trigger language plpgsql as 'begin raise exception ''no''; end'`)
    await pool.query('create trigger refuse before update on account for each row execute function refuse()')
    const failed = await askAuth(open, '/reset-password', { token: link, newPassword })
    await pool.query('drop function refuse cascade')
    expect(failed.status).toBe(500)
    expect((await person.call('GET', '/me')).status).toBe(401)
    expect((await signIn(person.email, 'correct horse battery')).status).toBe(200)
  })

  test('a link is not taken from the address of a request, which proxies write down', async () => {
    const person = await signUpWithMail(open)
    await askFor(person.email)
    const link = await tokenOf(open, person)
    const asked = await askAuth(open, `/reset-password?token=${link}`, { newPassword })
    expect(asked).toMatchObject({ status: 400, body: { errors: [{ field: 'token' }] } })
    const elsewhere = await person.call('GET', `/api/auth/verify-email?token=x&callbackURL=https://evil.example`)
    expect(elsewhere).toMatchObject({ status: 400, body: { errors: [{ field: 'callbackURL' }] } })
  })

  test('nothing of its links is left when the account goes', async () => {
    const person = await signUpWithMail(open)
    await askFor(person.email)
    await tokenOf(open, person)
    expect((await person.call('POST', '/api/auth/delete-user', { password: 'correct horse battery' })).status).toBe(200)
    const { rows } = await open.testDatabase.database.pool.query('select from verification where value = $1', [
      person.userId,
    ])
    expect(rows).toEqual([])
  })

  test('a password too short uses up no link, and names its field', async () => {
    const person = await signUpWithMail(open)
    await askFor(person.email)
    const link = await tokenOf(open, person)
    const short = await askAuth(open, '/reset-password', { token: link, newPassword: 'x' })
    expect(short).toMatchObject({ status: 400, body: { errors: [{ field: 'newPassword' }] } })
    expect((await person.call('GET', '/me')).status).toBe(200)
    expect((await askAuth(open, '/reset-password', { token: link, newPassword })).status).toBe(200)
  })

  test('whoever asks is told the same for every address; a person is mailed three in a quarter of an hour', async () => {
    const person = await signUpWithMail(open)
    const answers = [await askFor('nobody@example.org')]
    for (let count = 0; count < 5; count += 1) answers.push(await askFor(person.email))
    expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toHaveLength(1)
    await tokenOf(open, person, 3)
    open.setNow(new Date(Date.now() + QUARTER_MS + 1_000))
    await askFor(person.email)
    await tokenOf(open, person, 4)
    expect(linksOf(open, person)).toHaveLength(4)
  })
})
