import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { EventData } from '@todo/model/events'
import { eventName } from '@todo/model/events'
import { unseal } from '@todo/platform/seal'
import { pollUntil } from '@todo/platform/testing/poll-until'
import { alarmsIn, ringAlarms } from './alarms.ts'
import { createBackend, SECRET } from './harness.ts'
import type { Client, TestBackend } from './harness.ts'

type Link = EventData<'link.due'>

let open: TestBackend
let strict: TestBackend
beforeAll(async () => {
  open = await createBackend()
  strict = await createBackend({ env: { CONFIRM_EMAIL: 'required' } })
})
afterEach(() => open.setNow(null))
afterAll(() => Promise.all([open.close(), strict.close()]))

const QUARTER_MS = 15 * 60_000

async function signUp(backend: TestBackend, name?: string): Promise<Client & { email: string }> {
  const person = await backend.signUp(name)
  return { ...person, email: (await person.call('GET', '/me')).body.email }
}

const linksOf = (backend: TestBackend, { userId }: Client): Link[] =>
  backend.published.flatMap(({ type, data }) =>
    eventName(type) === 'link.due' && (data as Link).userId === userId ? [data as Link] : [],
  )

/** The newest of so many links of a person, as the notification service opens it. */
async function token(backend: TestBackend, person: Client, count = 1): Promise<string> {
  const links = await pollUntil(() => {
    const told = linksOf(backend, person)
    return told.length >= count && told
  })
  return unseal(links[count - 1]!.token, { secret: SECRET, userId: person.userId })!
}

const post = async (backend: TestBackend, path: string, payload: object) => {
  const answer = await backend.app.inject({ method: 'POST', url: `/api/auth${path}`, payload })
  return { status: answer.statusCode, body: answer.json() }
}
const askFor = (email: string) => post(open, '/request-password-reset', { email })
const signIn = (email: string, password: string) => post(open, '/sign-in/email', { email, password })

describe('a forgotten password', () => {
  const newPassword = 'staple battery horse'

  test('is replaced by the link that is mailed: once, and every session ends', async () => {
    const person = await signUp(open)
    expect((await askFor(person.email.toUpperCase())).status).toBe(200)
    const link = await token(open, person)
    const reset = () => post(open, '/reset-password', { token: link, newPassword })
    expect((await reset()).status).toBe(200)
    expect((await person.call('GET', '/me')).status).toBe(401)
    expect((await signIn(person.email, 'correct horse battery')).status).toBe(401)
    expect((await signIn(person.email, newPassword)).status).toBe(200)
    expect(await reset()).toMatchObject({ status: 400, body: { code: 'INVALID_TOKEN' } })
  })

  test('its link is for the mail alone: sealed on its way, not to be found in the database, and over after an hour', async () => {
    const person = await signUp(open)
    await askFor(person.email)
    const link = await token(open, person)
    const [told] = linksOf(open, person)
    expect(told).toMatchObject({ purpose: 'new-password', recipient: { email: person.email, channels: ['email'] } })
    expect(Date.parse(told!.expiresAt) - Date.now()).toBeGreaterThan(59 * 60_000)
    expect(JSON.stringify(open.published)).not.toContain(link)
    const { rows } = await open.testDatabase.database.pool.query('select * from verification')
    expect(rows.some(({ value }) => value === person.userId)).toBe(true)
    expect(JSON.stringify(rows)).not.toContain(link)
    await open.testDatabase.database.pool.query(`update verification set "expiresAt" = now() - interval '1 second'`)
    const late = await post(open, '/reset-password', { token: link, newPassword })
    expect(late).toMatchObject({ status: 400, body: { code: 'INVALID_TOKEN' } })
  })

  test('a password too short uses up no link, and names its field', async () => {
    const person = await signUp(open)
    await askFor(person.email)
    const link = await token(open, person)
    const short = await post(open, '/reset-password', { token: link, newPassword: 'x' })
    expect(short).toMatchObject({ status: 400, body: { errors: [{ field: 'newPassword' }] } })
    expect((await post(open, '/reset-password', { token: link, newPassword })).status).toBe(200)
  })

  test('whoever asks is told the same for every address; a person is mailed three in a quarter of an hour', async () => {
    const person = await signUp(open)
    const answers = [await askFor('nobody@example.org')]
    for (let count = 0; count < 5; count += 1) answers.push(await askFor(person.email))
    expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toHaveLength(1)
    await token(open, person, 3)
    open.setNow(new Date(Date.now() + QUARTER_MS + 1_000))
    await askFor(person.email)
    await token(open, person, 4)
    expect(linksOf(open, person)).toHaveLength(4)
  })
})

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
    const person = await signUp(strict)
    expect(await isConfirmed(person)).toBe(false)
    expect(await channelsOfReminder(person)).toEqual([])
    expect(await person.call('POST', '/channels/email/test')).toMatchObject({ status: 409 })
    expect((await confirm(person, await token(strict, person))).status).toBe(200)
    expect(await isConfirmed(person)).toBe(true)
    await strict.event('view.changed', person.userId)
    expect(await channelsOfReminder(person)).toEqual(['email'])
    expect((await person.call('POST', '/channels/email/test')).status).toBe(202)
  })

  test('its link can be sent again, three times in a quarter of an hour, and by nobody else', async () => {
    const person = await signUp(strict)
    const again = (who: Client, email = person.email) =>
      who.call('POST', '/api/auth/send-verification-email', { email })
    for (let count = 1; count < 3; count += 1) expect((await again(person)).status).toBe(200)
    expect(await again(person)).toMatchObject({ status: 429, body: { code: 'TOO_MANY_LINKS' } })
    expect(await again(await signUp(strict, 'Mallory'))).toMatchObject({
      status: 400,
      body: { code: 'EMAIL_MISMATCH' },
    })
    expect((await post(strict, '/send-verification-email', { email: person.email })).status).toBe(401)
    const newest = await token(strict, person, 3)
    expect((await confirm(person, newest)).status).toBe(200)
    expect((await confirm(person, newest)).status).toBe(200)
    expect(await again(person)).toMatchObject({ status: 400, body: { code: 'EMAIL_ALREADY_VERIFIED' } })
  })

  test('a link that is none, or of another server, confirms nothing', async () => {
    const person = await signUp(strict)
    const { body, status } = await confirm(person, 'nonsense')
    expect([status, body.code]).toEqual([401, 'INVALID_TOKEN'])
    expect(await isConfirmed(person)).toBe(false)
  })

  test('is confirmed by a new password, too: its link was mailed there', async () => {
    const person = await signUp(strict)
    await post(strict, '/request-password-reset', { email: person.email })
    const link = await token(strict, person, 2)
    const newPassword = 'staple battery horse'
    expect((await post(strict, '/reset-password', { token: link, newPassword })).status).toBe(200)
    const { rows } = await strict.testDatabase.database.pool.query('select "emailVerified" from "user" where id = $1', [
      person.userId,
    ])
    expect(rows).toEqual([{ emailVerified: true }])
  })

  test('needs no link where the server asks for none', async () => {
    const person = await signUp(open)
    expect(await isConfirmed(person)).toBe(true)
    await person.createTask({})
    expect(linksOf(open, person)).toEqual([])
  })
})
