import { afterAll, beforeAll, expect, test } from 'vitest'
import { signText } from '@todo/platform/seal'
import { unsubscribeToken } from '../src/channels/unsubscribe-token.ts'
import { createBackend, SECRET } from './harness.ts'
import type { Client, TestBackend } from './harness.ts'

let backend: TestBackend
let ada: Client
beforeAll(async () => {
  backend = await createBackend()
  ada = await backend.signUp()
})
afterAll(() => backend.close())

const linkOf = (token: string) => `/api/v1/unsubscribe?token=${encodeURIComponent(token)}`
const post = (token: string, payload?: string, headers: Record<string, string> = {}) =>
  backend.app.inject({ method: 'POST', url: linkOf(token), ...(payload !== undefined && { payload }), headers })

async function mailsOf(person: Client): Promise<unknown[]> {
  const { body } = await person.call('GET', '/me')
  return [body.emailReminders, body.digestAt]
}

async function signUp(): Promise<Client> {
  const person = await backend.signUp('Una')
  await person.call('PATCH', '/me', { emailReminders: true, digestAt: '07:00' })
  return person
}

test('a link ends the mails that it is about, without a session, and no others', async () => {
  const person = await signUp()
  const answer = await post(unsubscribeToken('digest', person.userId, SECRET))
  expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'text/plain; charset=utf-8'])
  expect(answer.body).toMatch(/^You get no more daily digests by e-mail\. .*\n$/)
  expect(await mailsOf(person)).toEqual([true, null])
  expect((await post(unsubscribeToken('reminders', person.userId, SECRET))).body).toContain(
    'no more reminders by e-mail, and no daily digest',
  )
  expect(await mailsOf(person)).toEqual([false, null])
  const { rows } = await backend.testDatabase.database.pool.query('select from digest where user_id = $1', [
    person.userId,
  ])
  expect(rows).toEqual([])
})

test('open tabs hear of it, and twice is once', async () => {
  const person = await signUp()
  const told = () => backend.published.filter(({ data }) => 'resource' in data && data.resource === 'profile').length
  const before = told()
  const token = unsubscribeToken('reminders', person.userId, SECRET)
  for (let count = 0; count < 2; count += 1) expect((await post(token)).statusCode).toBe(200)
  await expect.poll(told).toBeGreaterThan(before)
  expect(await mailsOf(person)).toEqual([false, '07:00'])
})

test.each([
  ['nothing', undefined, {}],
  ['one click', 'List-Unsubscribe=One-Click', { 'content-type': 'application/x-www-form-urlencoded' }],
  ['a form', '--x\r\n\r\n--x--', { 'content-type': 'multipart/form-data; boundary=x' }],
  ['broken JSON', '{', { 'content-type': 'application/json' }],
  ['something without a type', 'List-Unsubscribe=One-Click', {}],
])('a mail program may post %s', async (_, payload, headers) => {
  const person = await signUp()
  expect((await post(unsubscribeToken('reminders', person.userId, SECRET), payload, headers)).statusCode).toBe(200)
  expect(await mailsOf(person)).toEqual([false, '07:00'])
})

test('a token that is not ours, or for something else, changes nothing and is told so', async () => {
  const person = await signUp()
  const { userId } = person
  const good = unsubscribeToken('reminders', userId, SECRET)
  for (const token of [
    '',
    'nonsense',
    good.slice(0, -4),
    good.replace('reminders', 'digest'),
    unsubscribeToken('reminders', userId, `${SECRET}!`),
    signText(`everything.${userId}`, { secret: SECRET, purpose: 'unsubscribe' }),
    signText(`reminders.${userId}`, { secret: SECRET, purpose: 'something else' }),
  ]) {
    const answer = await post(token)
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([
      400,
      'application/problem+json; charset=utf-8',
    ])
    expect(answer.json().errors).toMatchObject([{ field: 'token', message: expect.stringContaining('link of a mail') }])
  }
  expect((await backend.app.inject({ method: 'POST', url: '/api/v1/unsubscribe' })).statusCode).toBe(400)
  expect(await mailsOf(person)).toEqual([true, '07:00'])
})

test('opening the link leads to the page that asks, and changes nothing', async () => {
  const person = await signUp()
  const token = unsubscribeToken('reminders', person.userId, SECRET)
  const { statusCode, headers } = await backend.app.inject({ method: 'GET', url: `${linkOf(token)}&utm_source=mail` })
  expect([statusCode, headers.location]).toEqual([302, `/unsubscribe?token=${encodeURIComponent(token)}`])
  expect(await mailsOf(person)).toEqual([true, '07:00'])
})

test('a link of an account that is gone has nothing to end', async () => {
  const token = unsubscribeToken('digest', '00000000-0000-7000-8000-000000000000', SECRET)
  expect((await post(token)).statusCode).toBe(200)
  expect(await mailsOf(ada)).toEqual([true, null])
})
