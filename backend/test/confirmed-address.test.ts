import { createEmailVerificationToken } from 'better-auth/api'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pollUntil } from '@todo/platform/testing/poll-until'
import { askAuth, linksOf, signUpWithMail, tokenOf } from './account-link-samples.ts'
import { alarmsIn, ringAlarms } from './alarms.ts'
import { add, webhook } from './channel-samples.ts'
import { createBackend } from './harness.ts'
import type { Client, TestBackend } from './harness.ts'

let open: TestBackend
let strict: TestBackend
beforeAll(async () => {
  open = await createBackend()
  strict = await createBackend({ env: { CONFIRM_EMAIL: 'required' } })
})
afterAll(() => Promise.all([open.close(), strict.close()]))

describe('an address', () => {
  const confirm = (person: Client, link: string) => person.call('GET', `/api/auth/verify-email?token=${link}`)
  const isConfirmed = async (person: Client) => (await person.call('GET', '/me')).body.emailConfirmed as boolean

  /** By which of our channels a reminder is sent that is due at once. */
  async function channelsOfReminder(person: Client): Promise<string[]> {
    const reminders = [{ kind: 'absolute', at: new Date(Date.now() - 1_000).toISOString() }]
    const task = await person.createTask({ reminders })
    await pollUntil(() => alarmsIn(strict, task).length === 1)
    await ringAlarms(strict, task)
    return (await strict.event('reminder.due', task.id)).data.recipient.channels
  }

  test('is mailed nothing until the link that was sent there is followed, and then all tabs hear of it', async () => {
    const person = await signUpWithMail(strict)
    expect(await isConfirmed(person)).toBe(false)
    expect(await channelsOfReminder(person)).toEqual([])
    expect(await person.call('POST', '/channels/email/test')).toMatchObject({ status: 409 })
    expect((await confirm(person, await tokenOf(strict, person))).status).toBe(200)
    expect(await isConfirmed(person)).toBe(true)
    await strict.event('view.changed', person.userId)
    expect(await channelsOfReminder(person)).toEqual(['email'])
    expect((await person.call('POST', '/channels/email/test')).status).toBe(202)
  })

  test('its link can be sent again, three times in a quarter of an hour, and by nobody else', async () => {
    const person = await signUpWithMail(strict)
    const again = (who: Client, email = person.email) =>
      who.call('POST', '/api/auth/send-verification-email', { email })
    for (let count = 1; count < 3; count += 1) expect((await again(person)).status).toBe(200)
    expect(await again(person)).toMatchObject({ status: 429, body: { code: 'TOO_MANY_LINKS' } })
    expect(await again(await signUpWithMail(strict, 'Mallory'))).toMatchObject({
      status: 400,
      body: { code: 'EMAIL_MISMATCH' },
    })
    expect((await askAuth(strict, '/send-verification-email', { email: person.email })).status).toBe(401)
    const newest = await tokenOf(strict, person, 3)
    expect((await confirm(person, newest)).status).toBe(200)
    expect((await confirm(person, newest)).status).toBe(200)
    expect(await again(person)).toMatchObject({ status: 400, body: { code: 'EMAIL_ALREADY_VERIFIED' } })
  })

  test('a link that is none, or of another server, confirms nothing', async () => {
    const person = await signUpWithMail(strict)
    const ofAnother = await createEmailVerificationToken('the secret of another server, long enough', person.email)
    for (const link of ['nonsense', ofAnother]) {
      const { body, status } = await confirm(person, link)
      expect([status, body.code]).toEqual([401, 'INVALID_TOKEN'])
    }
    expect(await isConfirmed(person)).toBe(false)
  })

  test('is mailed no more links for being signed up again and again, and nothing that a stranger wrote', async () => {
    const account = { name: 'You won, see https://evil.example', email: 'victim@example.org', password: 'long enough' }
    for (let count = 0; count < 5; count += 1) {
      const { headers, body } = await strict.app.inject({
        method: 'POST',
        url: '/api/auth/sign-up/email',
        payload: account,
      })
      expect(body).toContain('victim@example.org')
      const cookie = [headers['set-cookie']]
        .flat()
        .map((line) => line!.split(';')[0])
        .join('; ')
      const payload = { password: account.password }
      await strict.app.inject({ method: 'POST', url: '/api/auth/delete-user', headers: { cookie }, payload })
    }
    const { rows } = await strict.testDatabase.database.pool.query('select sent_at from account_link')
    expect(rows.filter(({ sent_at }) => sent_at.length === 3).length).toBeGreaterThan(0)
    const mailed = strict.published.flatMap(({ data }) =>
      'linkId' in data && data.recipient.email === account.email ? [data] : [],
    )
    expect(mailed.length).toBeLessThanOrEqual(3)
    expect(JSON.stringify(mailed)).not.toContain('evil.example')
  })

  test('stays one that is mailed when the server begins to ask for a link', async () => {
    const person = await signUpWithMail(open)
    const later = await createBackend({ env: { CONFIRM_EMAIL: 'required' }, replicaOf: open })
    expect(await isConfirmed(person.at(later))).toBe(true)
    await later.close()
  })

  test('an account is made, also where its link cannot be mailed', async () => {
    const { pool } = strict.testDatabase.database
    await pool.query('alter table account_link rename to gone')
    const person = await signUpWithMail(strict)
    await pool.query('alter table gone rename to account_link')
    expect(await isConfirmed(person)).toBe(false)
  })

  test('is confirmed by a new password, too: its link was mailed there', async () => {
    const person = await signUpWithMail(strict)
    const hook = await add(person, webhook())
    await askAuth(strict, '/request-password-reset', { email: person.email })
    const link = await tokenOf(strict, person, 2)
    const newPassword = 'staple battery horse'
    expect((await askAuth(strict, '/reset-password', { token: link, newPassword })).status).toBe(200)
    const { rows } = await strict.testDatabase.database.pool.query('select "emailVerified" from "user" where id = $1', [
      person.userId,
    ])
    expect(rows).toEqual([{ emailVerified: true }])
    // Who made the account may have been somebody else.
    const channels = await strict.testDatabase.database.pool.query(
      'select is_on, off_reason from channel where id = $1',
      [hook.id],
    )
    expect(channels.rows).toEqual([{ is_on: false, off_reason: expect.stringContaining('was not confirmed') }])
    await strict.event('channel.stopped', person.userId)
  })

  test('needs no link where the server asks for none', async () => {
    const person = await signUpWithMail(open)
    expect(await isConfirmed(person)).toBe(true)
    await person.createTask({})
    expect(linksOf(open, person)).toEqual([])
  })
})
