import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pollUntil } from '@todo/platform/testing/poll-until'
import { createBackend } from './harness.ts'
import type { TestBackend } from './harness.ts'
import { holdLists } from './held-lists.ts'

let backend: TestBackend
beforeAll(async () => {
  backend = await createBackend({ passwords: 'real' })
})
afterAll(() => backend.close())

const signUp = (body: Record<string, unknown>) =>
  backend.app.inject({ method: 'POST', url: '/api/auth/sign-up/email', payload: body })

test('every account has an Inbox from its first request, also when two come at once', async () => {
  const ada = await backend.signUp()
  const answers = await Promise.all(['/lists', '/me', '/overview', '/lists'].map((path) => ada.call('GET', path)))
  expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200, 200])
  expect((await ada.call('GET', '/lists')).body.items).toMatchObject([{ name: 'Inbox', isInbox: true }])
})

test('a password is kept as a hash', async () => {
  const payload = { name: 'H', email: 'hash@example.org', password: 'long enough' }
  expect((await signUp(payload)).statusCode).toBe(200)
  const { rows } = await backend.testDatabase.database.pool.query<{ password: string }>(
    `select password from account a join "user" u on u.id = a."userId" where u.email = $1`,
    [payload.email],
  )
  expect(rows).toEqual([{ password: expect.stringMatching(/^[0-9a-f]{32}:[0-9a-f]{128}$/) }])
})

test('the session cookie is out of reach of scripts and other sites', async () => {
  const response = await signUp({ name: 'C', email: 'cookie@example.org', password: 'long enough' })
  const cookie = response.headers['set-cookie'] as string | string[]
  expect([cookie].flat().join()).toMatch(/HttpOnly/)
  expect([cookie].flat().join()).toMatch(/SameSite=Lax/i)
})

test('behind TLS the cookie is Secure', async () => {
  const secure = await createBackend({ env: { PUBLIC_URL: 'https://todo.example.org' } })
  const payload = { name: 'S', email: 's@example.org', password: 'long enough' }
  const headers = { origin: 'https://todo.example.org' }
  const response = await secure.app.inject({ method: 'POST', url: '/api/auth/sign-up/email', payload, headers })
  expect([response.headers['set-cookie']].flat().join()).toMatch(/Secure/)
  await secure.close()
})

test.each([
  [{ email: 'not an address' }, /email/i],
  [{ password: 'short' }, /password/i],
  [{ timeZone: 'Mars/Olympus' }, /timeZone/],
  [{ weekStart: 9 }, /weekStart/],
  [{ emailReminders: 'often' }, /emailReminders/],
  [{ image: 'x'.repeat(100_000) }, /image/],
])('signing up with %j is refused with what is wrong', async (wrong, message) => {
  const response = await signUp({
    name: 'X',
    email: `x${Math.random()}@example.org`,
    password: 'long enough',
    ...wrong,
  })
  expect(response.statusCode).toBeGreaterThanOrEqual(400)
  expect(response.statusCode).toBeLessThan(500)
  expect(response.body).toMatch(message)
})

test('signing out ends the session at once', async () => {
  const ada = await backend.signUp()
  expect((await ada.call('GET', '/me')).status).toBe(200)
  await ada.call('POST', '/api/auth/sign-out', {})
  expect((await ada.call('GET', '/me')).status).toBe(401)
})

test('the profile is not changed past its own rules', async () => {
  const ada = await backend.signUp()
  expect((await ada.call('POST', '/api/auth/update-user', { timeZone: 'Mars/Olympus' })).status).toBe(404)
})

test('a new password ends the other sessions', async () => {
  const ada = await backend.signUp()
  const { email } = (await ada.call('GET', '/me')).body
  const other = await backend.app.inject({
    method: 'POST',
    url: '/api/auth/sign-in/email',
    payload: { email, password: 'correct horse battery' },
  })
  const cookie = other.cookies.map(({ name, value }) => `${name}=${encodeURIComponent(value)}`).join('; ')
  const me = () => backend.app.inject({ method: 'GET', url: '/api/v1/me', headers: { cookie } })
  expect((await me()).statusCode).toBe(200)
  const change = {
    currentPassword: 'correct horse battery',
    newPassword: 'staple battery horse',
    revokeOtherSessions: true,
  }
  expect((await ada.call('POST', '/api/auth/change-password', change)).status).toBe(200)
  expect((await me()).statusCode).toBe(401)
})

test('too many tries are slowed down, by address', async () => {
  const strict = await createBackend({ env: { CREDENTIAL_TRIES_PER_MINUTE: '5' } })
  const payload = { email: 'a@example.org', password: 'wrong password' }
  const statuses = []
  for (let n = 0; n < 7; n += 1) {
    const answer = await strict.app.inject({
      method: 'POST',
      url: '/api/auth/sign-in/email',
      payload,
      headers: { 'x-todo-client-ip': `10.0.0.${n}` },
    })
    statuses.push(answer.statusCode)
  }
  expect(statuses).toEqual([401, 401, 401, 401, 401, 429, 429])
  await strict.close()
})

test('behind a proxy the tries of an address are counted as the proxy saw it, whatever the client says', async () => {
  const strict = await createBackend({ env: { CREDENTIAL_TRIES_PER_MINUTE: '3' }, trustProxy: 1 })
  const payload = { email: 'a@example.org', password: 'wrong password' }
  const tryFrom = async (forwarded: string) => {
    const headers = { 'x-forwarded-for': forwarded }
    return (await strict.app.inject({ method: 'POST', url: '/api/auth/sign-in/email', payload, headers })).statusCode
  }
  const statuses = []
  for (let n = 0; n < 4; n += 1) statuses.push(await tryFrom(`10.0.0.${n}, 198.51.100.9`))
  expect([...statuses, await tryFrom('10.0.0.1, 198.51.100.10')]).toEqual([401, 401, 401, 429, 401])
  await strict.close()
})

test.each([
  'verify-password',
  'verify-password/',
  'update-user',
  'update-session',
  '/sign-in/email',
  'sign-in%2Femail',
])('nobody needs /api/auth/%s, and it is not there', async (path) => {
  const ada = await backend.signUp()
  const answer = await ada.call('POST', `/api/auth/${path}`, { password: 'correct horse battery' })
  expect(answer).toMatchObject({ status: 404, body: { code: 'not-found' } })
})

test('what is written while the account goes is refused as signed out', async () => {
  const ada = await backend.signUp()
  await ada.call('GET', '/me')
  const held = await holdLists(backend, ada)
  const leaving = ada.call('POST', '/api/auth/delete-user', { password: 'correct horse battery' })
  await pollUntil(async () => (await held.waiting()) === 1)
  const writes = [1, 2].map((n) => ada.call('POST', '/tasks', { title: `Late ${n}` }))
  await pollUntil(async () => (await held.waiting()) >= 3)
  await held.letGo()
  expect((await leaving).status).toBe(200)
  expect((await Promise.all(writes)).map(({ status, body }) => [status, body.code])).toEqual([
    [401, 'not-signed-in'],
    [401, 'not-signed-in'],
  ])
})

test('of several sign-ups with one address at once, one makes the account, and the others hear that there is one', async () => {
  const payload = { name: 'Eve', email: 'Eve-at-once@example.org', password: 'long enough' }
  const answers = await Promise.all(Array.from({ length: 8 }, () => signUp(payload)))
  expect(answers.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([
    200,
    ...Array<number>(7).fill(422),
  ])
  for (const answer of answers.filter(({ statusCode }) => statusCode === 422)) {
    expect(answer.json().errors).toEqual([
      { field: 'email', message: expect.stringContaining('has an account already') },
    ])
  }
})

test('whose sessions they are sees them, and ends the others', async () => {
  const ada = await backend.signUp()
  expect((await ada.call('GET', '/api/auth/get-session')).body).toMatchObject({ user: { id: ada.userId } })
  expect((await ada.call('GET', '/api/auth/list-sessions')).body).toHaveLength(1)
  expect((await ada.call('POST', '/api/auth/revoke-other-sessions', {})).status).toBe(200)
})

describe('deleting the account', () => {
  test('needs the password', async () => {
    const ada = await backend.signUp()
    expect((await ada.call('POST', '/api/auth/delete-user', {})).status).toBe(400)
    expect((await ada.call('POST', '/api/auth/delete-user', { password: 'wrong one' })).status).toBe(400)
    expect((await ada.call('GET', '/me')).status).toBe(200)
  })

  test('takes everything with it, and tells the other services', async () => {
    const ada = await backend.signUp()
    await ada.createTask({
      title: 'Trace',
      tags: ['x'],
      reminders: [{ kind: 'absolute', at: new Date(Date.now() + 60_000).toISOString() }],
    })
    await ada.call('POST', '/filters', { name: 'f', query: '' })
    await ada.call('POST', '/channels', { kind: 'webhook', name: 'hook', url: 'https://hooks.example.org/' })
    await ada.call('POST', '/channels/in-app/test')
    expect((await ada.call('POST', '/api/auth/delete-user', { password: 'correct horse battery' })).status).toBe(200)
    expect((await ada.call('GET', '/me')).status).toBe(401)
    await backend.event('account.deleted', ada.userId)
    for (const [table, column] of [
      ['"user"', 'id'],
      ['list', 'owner_id'],
      ['list_member', 'user_id'],
      ['reminder', 'user_id'],
      ['saved_filter', 'user_id'],
      ['channel', 'user_id'],
      ['channel_result', 'user_id'],
      ['channel_test', 'user_id'],
      ['session', '"userId"'],
      ['account', '"userId"'],
    ]) {
      const { rows } = await backend.testDatabase.database.pool.query(`select 1 from ${table} where ${column} = $1`, [
        ada.userId,
      ])
      expect([table, rows.length]).toEqual([table, 0])
    }
    const { rows } = await backend.testDatabase.database.pool.query(`select 1 from task where title = 'Trace'`)
    expect(rows).toEqual([])
  })
})

test('a request of another site is refused', async () => {
  const ada = await backend.signUp()
  const answer = await ada.call('POST', '/tasks', { title: 'x' }, { origin: 'https://evil.example' })
  expect(answer).toMatchObject({ status: 403, body: { code: 'forbidden' } })
})
