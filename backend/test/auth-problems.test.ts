import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createBackend } from './harness.ts'
import type { Client, TestBackend } from './harness.ts'

let backend: TestBackend
let ada: Client
beforeAll(async () => {
  backend = await createBackend()
  ada = await backend.signUp()
})
afterAll(() => backend.close())

const ACCOUNT = { name: 'Bob', email: 'bob@example.org', password: 'long enough' }
const CHANGE = { currentPassword: 'correct horse battery', newPassword: 'staple battery horse' }

interface Refusal {
  path: string
  body: unknown
  status: number
  code: string
  fields: string[]
}

/** What a program and a person need: a problem document that names the fields, and what Better Auth's client reads. */
async function expectRefusal({ path, body, status, code, fields }: Refusal): Promise<void> {
  const answer = await ada.call('POST', `/api/auth${path}`, body, { 'content-type': 'application/json' })
  expect(answer).toMatchObject({
    status,
    headers: { 'content-type': expect.stringContaining('application/problem+json'), 'cache-control': 'no-store' },
    body: {
      type: expect.stringMatching(/^https:\/\/todo-cloud\.dev\/problems\/[a-z-]+$/),
      title: expect.stringMatching(/./),
      status,
      detail: expect.stringMatching(/./),
      code,
      message: expect.stringMatching(/./),
      traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
    },
  })
  const errors: { field: string; message: string }[] = answer.body.errors ?? []
  expect(errors.map(({ field }) => field)).toEqual(fields)
  for (const { message } of errors) expect(message).toMatch(/^(must|is|has|cannot)\b/)
}

describe('signing up', () => {
  test.each<[string, Record<string, unknown>, string, string[]]>([
    ['a name with NUL', { name: 'B\0b' }, 'invalid-request', ['name']],
    ['a name of half a character', { name: 'B\uD800b' }, 'invalid-request', ['name']],
    ['a password with NUL', { password: 'long eno\0ugh' }, 'invalid-request', ['password']],
    ['no name', { name: '' }, 'INVALID_PROFILE', ['name']],
    ['a name that is none', { name: 5 }, 'INVALID_PROFILE', ['name']],
    ['a name too long', { name: 'x'.repeat(101) }, 'INVALID_PROFILE', ['name']],
    ['an address that is none', { email: 'nope' }, 'VALIDATION_ERROR', ['email']],
    ['several addresses', { email: ['a@example.org'] }, 'VALIDATION_ERROR', ['email']],
    ['a short password', { password: 'x' }, 'PASSWORD_TOO_SHORT', ['password']],
    ['a long password', { password: 'x'.repeat(201) }, 'PASSWORD_TOO_LONG', ['password']],
    ['a zone and a locale that are none', { timeZone: 'Mars', locale: '!' }, 'INVALID_PROFILE', ['timeZone', 'locale']],
    ['a week from day 9 on', { weekStart: 9 }, 'INVALID_PROFILE', ['weekStart']],
    ['a field that is none', { colour: 'red' }, 'INVALID_PROFILE', ['colour']],
    ['a field that is not theirs to set', { emailVerified: true }, 'INVALID_PROFILE', ['emailVerified']],
    ['a script for a picture', { image: 'javascript:alert(1)' }, 'INVALID_PROFILE', ['image']],
    ['a picture in itself', { image: 'data:image/svg+xml,<svg onload=alert(1)>' }, 'INVALID_PROFILE', ['image']],
    ['a picture of this machine', { image: 'file:///etc/passwd' }, 'INVALID_PROFILE', ['image']],
    ['a picture without TLS', { image: 'http://example.org/bob.png' }, 'INVALID_PROFILE', ['image']],
    ['a picture that is none', { image: 'bob' }, 'INVALID_PROFILE', ['image']],
    ['a wish that is none', { rememberMe: 'perhaps' }, 'VALIDATION_ERROR', ['rememberMe']],
  ])('with %s is refused by the name of the field', async (_what, wrong, code, fields) => {
    await expectRefusal({ path: '/sign-up/email', body: { ...ACCOUNT, ...wrong }, status: 400, code, fields })
  })

  test('with nothing is refused by the names of all that is missing', async () => {
    const fields = ['name', 'email', 'password']
    await expectRefusal({ path: '/sign-up/email', body: {}, status: 400, code: 'VALIDATION_ERROR', fields })
  })

  test('with an address that has an account is refused by the name of the field', async () => {
    const { email } = (await ada.call('GET', '/me')).body
    const code = 'USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL'
    const body = { ...ACCOUNT, email }
    await expectRefusal({ path: '/sign-up/email', body, status: 422, code, fields: ['email'] })
  })

  test('takes the https address of a picture', async () => {
    const payload = { ...ACCOUNT, email: 'seen@example.org', image: 'https://example.org/bob.png' }
    const answer = await backend.app.inject({ method: 'POST', url: '/api/auth/sign-up/email', payload })
    expect(answer.json().user.image).toBe(payload.image)
  })

  test('keeps a name as a profile does: without white space around it', async () => {
    const payload = { ...ACCOUNT, email: 'spaced@example.org', name: '  Bob \n' }
    const answer = await backend.app.inject({ method: 'POST', url: '/api/auth/sign-up/email', payload })
    expect(answer.json().user.name).toBe('Bob')
  })
})

test.each<[string, string, unknown, number, string, string[]]>([
  ['a body that is no object', '/sign-up/email', [], 400, 'VALIDATION_ERROR', ['body']],
  ['a body that is deep', '/sign-in/email', deep(6_000), 400, 'invalid-request', ['body']],
  ['a body that is no JSON', '/sign-up/email', '{"a":', 400, 'invalid-request', []],
  [
    'signing in with more',
    '/sign-in/email',
    { ...guessed(), remember: true, admin: true },
    400,
    'invalid-request',
    ['remember', 'admin'],
  ],
  ['changing more than the password', '/change-password', { ...CHANGE, email: 'x' }, 400, 'invalid-request', ['email']],
  ['signing in with nothing', '/sign-in/email', {}, 400, 'VALIDATION_ERROR', ['email', 'password']],
  ['signing in with no address', '/sign-in/email', { email: 'x', password: 'y' }, 400, 'INVALID_EMAIL', ['email']],
  ['a wrong password, or nobody', '/sign-in/email', guessed(), 401, 'INVALID_EMAIL_OR_PASSWORD', []],
  [
    'a short new password',
    '/change-password',
    { ...CHANGE, newPassword: 'x' },
    400,
    'PASSWORD_TOO_SHORT',
    ['newPassword'],
  ],
  [
    'a wrong password before',
    '/change-password',
    { ...CHANGE, currentPassword: 'x' },
    400,
    'INVALID_PASSWORD',
    ['currentPassword'],
  ],
  ['deleting without a password', '/delete-user', {}, 400, 'PASSWORD_NEEDED', ['password']],
  ['deleting with a wrong one', '/delete-user', { password: 'x' }, 400, 'INVALID_PASSWORD', ['password']],
  ['an address that is none', '/nothing', {}, 404, 'not-found', []],
  ['an address that is closed', '/update-user', { name: 'x' }, 404, 'not-found', []],
])('%s is answered with a problem', async (_what, path, body, status, code, fields) => {
  await expectRefusal({ path, body, status, code, fields })
})

function deep(levels: number): string {
  return `{"email":${'['.repeat(levels)}${']'.repeat(levels)}}`
}

function guessed() {
  return { email: 'nobody@example.org', password: 'whatever it is' }
}

test('too many tries say in the usual header when to come again', async () => {
  const strict = await createBackend({ env: { CREDENTIAL_TRIES_PER_MINUTE: '1' } })
  const guess = () => strict.app.inject({ method: 'POST', url: '/api/auth/sign-in/email', payload: guessed() })
  await guess()
  const answer = await guess()
  expect(answer.json()).toMatchObject({ status: 429, code: 'too-many-requests', message: expect.any(String) })
  expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0)
  await strict.close()
})

test('a server that makes no accounts any more says so, and lets in who has one', async () => {
  const closed = await createBackend({ env: { SIGN_UP: 'closed' }, replicaOf: backend })
  const ask = (method: 'GET' | 'POST', url: string, payload?: object) =>
    closed.app.inject({ method, url: `/api/auth${url}`, ...(payload && { payload }) })
  const refused = await ask('POST', '/sign-up/email', ACCOUNT)
  expect([refused.statusCode, refused.json()]).toMatchObject([403, { code: 'SIGN_UP_CLOSED' }])
  expect((await ask('GET', '/sign-up')).json()).toEqual({ isOpen: false })
  expect((await ada.at(closed).call('GET', '/me')).status).toBe(200)
  expect((await ada.call('GET', '/api/auth/sign-up')).body).toEqual({ isOpen: true })
  await closed.close()
})
