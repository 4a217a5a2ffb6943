import { expect, it } from 'vitest'
import type { TodoEvent } from '@todo/model/events'
import { seal } from '@todo/platform/seal'
import { addressLinkDue, linkDue, USER } from './messages.ts'
import type { startService } from './notification-service.ts'
import { stateStoreOfFile } from './notification-service.ts'
import type { TestMailServer } from './smtp-server.ts'
import { eachWithMail } from './with-mail.ts'

const state = stateStoreOfFile()

let server: TestMailServer
let service: Awaited<ReturnType<typeof startService>>
eachWithMail(state, (given) => {
  ;({ server, service } = given)
})

async function mailOf(event: TodoEvent) {
  await service.handle(event)
  await expect.poll(() => server.mails.length).toBe(1)
  return server.mails[0]!
}

it('a link for a new password has its token where no server sees it, and says until when it works', async () => {
  const mail = await mailOf(linkDue('a token & more'))
  expect(mail.subject).toBe('Choose a new password for Todo Cloud')
  const link = 'https://todo.test/new-password#token=a%20token%20%26%20more'
  expect(mail.text).toContain(`Choose a new password: ${link}\n`)
  expect(mail.html).toContain(`href="${link}"`)
  for (const body of [mail.text, mail.html]) {
    expect(body).toContain('for the account of ada@example.org.')
    expect(body).toContain('The link works until 1 Dec 2026, 09:00.')
    expect(body).toContain('If it was not you, leave it')
    expect(body).not.toMatch(/unsubscribe/i)
  }
  expect(service.tries('email')).toMatchObject([{ about: 'link', error: null, taskId: null }])
})

it('a link that confirms an address welcomes, and does so once', async () => {
  const event = linkDue('token', { purpose: 'confirm-email' })
  const mail = await mailOf(event)
  await service.handle(event)
  expect(mail.subject).toBe('Confirm your address for Todo Cloud')
  expect(mail.text).toContain('Welcome to Todo Cloud. Confirm that this address is yours')
  expect(mail.text).toContain('https://todo.test/confirm-email#token=token\n')
  expect(server.mails).toHaveLength(1)
})

it('a link that changes an address goes to the new one, and says what comes of it', async () => {
  const mail = await mailOf(addressLinkDue('token', { purpose: 'change-email' }))
  expect(mail.subject).toBe('Confirm your new address for Todo Cloud')
  for (const body of [mail.text, mail.html]) expect(body).toContain('it becomes the one of your account')
  expect(mail.text).toContain('Use this address: https://todo.test/confirm-email#address=token\n')
})

it('the address that an account had is told that it has another one, with no link that does anything', async () => {
  const mail = await mailOf(addressLinkDue('', { purpose: 'email-changed' }))
  expect(mail.subject).toBe('Your Todo Cloud account has another address')
  expect(mail.text).toContain('Open the settings: https://todo.test/settings\n')
  expect(mail.html).toContain('href="https://todo.test/settings"')
  for (const body of [mail.text, mail.html]) {
    expect(body).toContain('If it was not you, somebody knows your password')
    expect(body).not.toContain('works until')
  }
})

it('a link is mailed while it works, and not any more after that', async () => {
  server.answers = [{ at: 'data', code: 452, text: 'out of room' }]
  await service.handle(linkDue('token'))
  for (let tries = 1; service.tries('email').at(-1)!.retryAt; tries += 1) {
    expect(tries).toBeLessThan(10)
    await service.runNextJob()
  }
  // The next try would have been an hour and a quarter after the first.
  expect(server.tries).toBe(5)
  service.clock.moveTo('2026-12-01T09:00:00.000Z')
  await service.handle(linkDue('token'))
  expect(server.tries).toBe(5)
})

it('a link whose next try comes late, after its end, is not mailed', async () => {
  server.answers = [{ at: 'data', code: 452, text: 'out of room' }, null]
  await service.handle(linkDue('token'))
  const [job] = service.jobs.values()
  service.clock.moveTo('2026-12-02T08:00:00.000Z')
  await service.runJob(job!)
  expect(server.tries).toBe(1)
})

it('a link that was sealed with another secret is given up at once', async () => {
  await service.handle(linkDue('', { token: seal('token', { secret: 'another secret', userId: USER }) }))
  expect(service.tries('email')).toMatchObject([
    { error: 'the link was sealed with another CHANNEL_SECRET', retryAt: null, isGone: false },
  ])
  expect(server.tries).toBe(0)
})
