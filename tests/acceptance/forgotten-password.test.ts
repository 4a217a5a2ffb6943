import { expect, test } from 'vitest'
import { pollUntil } from '@todo/platform/testing/poll-until'
import type { App } from './mode.ts'
import { beforeAll } from './shared-app.ts'
import { PASSWORD, Person } from './support/person.ts'

let app: App
beforeAll(({ sharedApp }) => {
  app = sharedApp
})

const NEW_PASSWORD = 'a new and longer one'

test('a forgotten password is replaced by the link of a mail, and whoever was signed in with it is out', async () => {
  const olga = await app.signUp('Olga')
  const stream = await olga.openStream()
  const forgetful = new Person(app.url, olga.email)
  await forgetful.ok('POST', '/api/auth/request-password-reset', { email: olga.email })
  const mail = await app.smtp.received(olga.email)
  expect(mail.subject).toBe('Choose a new password for Todo Cloud')
  const link = new URL(/https?:\/\/\S+/.exec(mail.text!)![0])
  expect([link.origin, link.pathname, link.search]).toEqual([app.url, '/new-password', ''])
  const token = new URLSearchParams(link.hash.slice(1)).get('token')

  await forgetful.ok('POST', '/api/auth/reset-password', { token, newPassword: NEW_PASSWORD })
  await pollUntil(() => stream.isOver, { timeoutMs: 5_000, what: 'the end of the open tab' })
  await pollUntil(async () => (await olga.call('GET', '/me')).status === 401, { what: 'the end of the session' })
  expect(
    (await forgetful.call('POST', '/api/auth/sign-in/email', { email: olga.email, password: PASSWORD })).status,
  ).toBe(401)
  await forgetful.signIn(NEW_PASSWORD)
  expect((await forgetful.ok('GET', '/me')).email).toBe(olga.email)
})

test('who asks for the password of an account that there is not is told no more than anybody, and mailed nothing', async () => {
  const stranger = new Person(app.url, 'nobody-here@example.org')
  const { status, body } = await stranger.call('POST', '/api/auth/request-password-reset', { email: stranger.email })
  const known = await app.signUp('Known')
  expect([status, body]).toEqual([
    200,
    await known.ok('POST', '/api/auth/request-password-reset', { email: known.email }),
  ])
  await app.smtp.received(known.email)
  expect(app.smtp.tries).not.toContain(stranger.email)
})
