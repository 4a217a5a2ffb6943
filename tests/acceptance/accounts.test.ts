import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pollUntil } from '@todo/platform/testing/poll-until'
import { startApp } from './mode.ts'
import type { App } from './mode.ts'
import { withClient } from './support/captured-events.ts'
import { inMs } from './support/days.ts'
import { PASSWORD, Person } from './support/person.ts'

/** Enough for the stories of this file, little enough to be used up. */
const TRIES_PER_MINUTE = 12

let app: App
beforeAll(async () => {
  app = await startApp({ env: { CREDENTIAL_TRIES_PER_MINUTE: String(TRIES_PER_MINUTE) } })
})
afterAll(() => app.close())

describe('an account', () => {
  test('is there after signing up: a session, an Inbox, and the profile that was given', async () => {
    const ada = await app.signUp('Ada', { timeZone: 'Asia/Kolkata', locale: 'hi-IN', weekStart: 7 })
    expect(await ada.ok('GET', '/me')).toMatchObject({
      name: 'Ada',
      email: ada.email,
      timeZone: 'Asia/Kolkata',
      locale: 'hi-IN',
      weekStart: 7,
      emailReminders: true,
    })
    expect((await ada.ok('GET', '/lists')).items).toMatchObject([{ name: 'Inbox', isInbox: true, role: 'owner' }])
    const taken = await new Person(app.url, ada.email).call('POST', '/api/auth/sign-up/email', {
      name: 'Other',
      email: ada.email,
      password: PASSWORD,
    })
    expect(taken.status).toBeGreaterThanOrEqual(400)
    expect(taken.status).toBeLessThan(500)
  })

  test('is left by signing out, and found again by signing in with the right password only', async () => {
    const bob = await app.signUp('Bob')
    await bob.createTask({ title: 'Still here' })
    await bob.ok('POST', '/api/auth/sign-out', {})
    expect((await bob.call('GET', '/tasks')).status).toBe(401)
    const wrong = await bob.call('POST', '/api/auth/sign-in/email', { email: bob.email, password: 'not the one' })
    expect(wrong.status).toBe(401)
    await bob.signIn()
    expect(await bob.titles('')).toEqual(['Still here'])
  })

  test('keeps its session out of reach of scripts and of other sites', async () => {
    const { headers } = await new Person(app.url, 'cookie@example.org').call('POST', '/api/auth/sign-up/email', {
      name: 'C',
      email: 'cookie@example.org',
      password: PASSWORD,
    })
    const session = headers.getSetCookie().find((cookie) => cookie.includes('session_token'))
    expect(session).toMatch(/HttpOnly/i)
    expect(session).toMatch(/SameSite=Lax/i)
  })

  test('gets a new password, and the other sessions end', async () => {
    const cem = await app.signUp('Cem')
    const phone = await cem.otherSession()
    const change = { currentPassword: PASSWORD, newPassword: 'a new and longer one', revokeOtherSessions: true }
    expect((await cem.call('POST', '/api/auth/change-password', { ...change, currentPassword: 'wrong' })).status).toBe(
      400,
    )
    await cem.ok('POST', '/api/auth/change-password', change)
    expect((await phone.call('GET', '/me')).status).toBe(401)
    expect((await cem.call('GET', '/me')).status).toBe(200)
    await phone.signIn('a new and longer one')
  })

  test('has a profile that is changed in part', async () => {
    const dan = await app.signUp('Dan')
    await dan.ok('PATCH', '/me', { timeZone: 'America/Lima' })
    expect(await dan.ok('PATCH', '/me', { weekStart: 6 })).toMatchObject({ timeZone: 'America/Lima', weekStart: 6 })
    const refused = await dan.call('PATCH', '/me', { timeZone: 'Mars/Olympus' })
    expect(refused).toMatchObject({ status: 400, body: { errors: [{ field: 'timeZone' }] } })
  })
})

describe('deleting an account', () => {
  const TRACE = 'Trace7f3a'

  /** Leaves something in everything that keeps something. */
  async function leaveTraces(): Promise<Person> {
    const eve = await app.signUp(TRACE)
    app.smtp.fates.set(eve.email, 'refused for now')
    const list = await eve.ok('POST', '/lists', { name: `${TRACE} list` })
    const base = { notes: `${TRACE} notes`, tags: [TRACE], subtasks: [{ title: `${TRACE} part` }], listId: list.id }
    const reminded = await eve.createTask({
      ...base,
      title: `${TRACE} reminded`,
      reminders: [{ kind: 'absolute', at: inMs(0) }],
    })
    const series = await eve.createTask({
      ...base,
      title: `${TRACE} series`,
      due: { date: '2040-01-01' },
      recurrence: { rule: 'FREQ=DAILY' },
      reminders: [{ kind: 'relative', minutesBefore: 5 }],
    })
    await eve.complete(series)
    await eve.nextAfter(series)
    await eve.ok('POST', '/filters', { name: `${TRACE} view`, query: `q=${TRACE}` })
    await eve.ok('PATCH', `/tags/${TRACE}`, { color: 'red' })
    await eve.ok('POST', '/tasks', { title: `${TRACE} once` }, { 'idempotency-key': TRACE })
    await eve.ok('DELETE', `/tasks/${(await eve.createTask({ title: `${TRACE} binned` })).id}`)
    await pollUntil(async () => (await eve.ok('GET', `/tasks/${reminded.id}/deliveries`)).items.length === 2)
    return eve
  }

  test('needs the password', async () => {
    const fay = await app.signUp('Fay')
    for (const body of [{}, { password: 'wrong' }]) {
      expect((await fay.call('POST', '/api/auth/delete-user', body)).status).toBe(400)
    }
    expect((await fay.call('GET', '/me')).status).toBe(200)
  })

  test('takes everything with it, from every service, and nobody else notices', async () => {
    const gil = await app.signUp('Gil')
    const stays = await gil.createTask({ title: 'Stays' })
    const eve = await leaveTraces()
    const phone = await eve.otherSession()
    expect(await placesOf(TRACE)).not.toEqual([])
    await eve.ok('POST', '/api/auth/delete-user', { password: PASSWORD })
    expect((await eve.call('GET', '/me')).status).toBe(401)
    expect((await phone.call('GET', '/me')).status).toBe(401)
    const gone = async () => (await placesOf(TRACE)).length === 0
    await pollUntil(gone, { timeoutMs: 10_000, intervalMs: 100 }).catch(() => undefined)
    expect(await placesOf(TRACE)).toEqual([])
    expect((await gil.history(stays)).map(({ type }) => type)).toEqual(['task.created'])
    await eve.signUp(TRACE)
    expect(await eve.titles('state=all')).toEqual([])
  }, 40_000)
})

/** Tables that hold this text anywhere, but for what the suite itself keeps. */
async function placesOf(text: string): Promise<string[]> {
  return withClient(app.databaseUrl!, async (client) => {
    const { rows } = await client.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables
       where schemaname not in ('pg_catalog', 'information_schema', 'acceptance')`,
    )
    const places: string[] = []
    for (const { name } of rows) {
      const found = await client.query(`select 1 from ${name} as row where row::text ilike $1 limit 1`, [`%${text}%`])
      if (found.rowCount) places.push(name)
    }
    return places
  })
}

test('guessing passwords is slowed down, and says for how long', async () => {
  const guess = () =>
    new Person(app.url, 'x@example.org').call('POST', '/api/auth/sign-in/email', {
      email: 'nobody@example.org',
      password: 'a guess of mine',
    })
  let answer = await guess()
  for (let tries = 1; tries <= TRIES_PER_MINUTE && answer.status !== 429; tries += 1) answer = await guess()
  expect(answer.status).toBe(429)
  expect(Number(answer.headers.get('x-retry-after'))).toBeGreaterThan(0)
})
