import { describe, expect, it } from 'vitest'
import { loadConfig } from '@todo/platform/config'
import { createLog } from '@todo/platform/log'
import { NotificationConfig } from '../src/config.ts'
import { MailCircuit } from '../src/mail/mail-circuit.ts'
import { composeReminderMail } from '../src/mail/reminder-mail.ts'
import { createSmtpMailer } from '../src/mail/smtp-mailer.ts'
import { CHANNEL_SECRET, TestClock, openStateStore, reminderDue, startService } from './notification-service.ts'
import { startScriptedServer } from './smtp-server.ts'

const mail = composeReminderMail(reminderDue().data, { from: 'a@todo.test', publicUrl: 'https://todo.test' })

describe('a send', () => {
  it.each([
    ['never greets', () => null],
    ['greets and says no more', (line: string) => (line === 'CONNECT' ? '220 hello' : null)],
    [
      'never says whether it took the mail',
      (line: string) =>
        ({ CONNECT: '220 hi', DATA: '354 go' })[line] ?? (/^(EHLO|MAIL|RCPT)/.test(line) ? '250 ok' : null),
    ],
  ])('ends in time with a server that %s', async (_what, answer) => {
    const silent = await startScriptedServer(answer)
    const mailer = createSmtpMailer({ url: silent.url, now: () => new Date(), timeoutMs: 300 })
    const startedAt = performance.now()
    await expect(mailer.send(mail)).rejects.toThrow()
    expect(performance.now() - startedAt).toBeLessThan(2_000)
    mailer.close()
    await silent.close()
  })

  it('ends in time with a server that trickles its answer, which no timeout of the connection notices', async () => {
    const trickling = await startScriptedServer((line) => (line === 'CONNECT' ? '220 hello' : 'trickle'))
    const mailer = createSmtpMailer({ url: trickling.url, now: () => new Date(), timeoutMs: 300 })
    await expect(mailer.send(mail)).rejects.toMatchObject({ code: 'EABORT' })
    mailer.close()
    await trickling.close()
  })
})

describe('while the mail server is away', () => {
  const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ESOCKET' })

  it('one mail at a time finds out whether it is back, the others fail at once', async () => {
    const clock = new TestClock()
    const circuit = new MailCircuit(clock.now)
    let tries = 0
    const fail = () => Promise.reject(((tries += 1), refused))
    await expect(circuit.run(fail)).rejects.toThrow('ECONNREFUSED')
    await expect(circuit.run(fail)).rejects.toThrow(/a moment ago: connect ECONNREFUSED/)
    expect(tries).toBe(1)
    clock.advance(5_000)
    const results = await Promise.allSettled([circuit.run(fail), circuit.run(fail), circuit.run(fail)])
    expect(results.every(({ status }) => status === 'rejected')).toBe(true)
    expect(tries).toBe(2)
    clock.advance(5_000)
    await circuit.run(async () => {})
    await Promise.all([1, 2, 3].map(() => circuit.run(async () => {})))
  })

  it.each([
    ['one mail is refused', { code: 'EENVELOPE', command: 'RCPT TO', responseCode: 550 }],
    ['one mail took too long', { code: 'EABORT' }],
  ])('is not what we think when %s', async (_what, error) => {
    const circuit = new MailCircuit(new TestClock().now)
    await expect(circuit.run(() => Promise.reject(Object.assign(new Error('no'), error)))).rejects.toThrow('no')
    await circuit.run(async () => {})
  })
})

it('without a mail server the mail goes to the log in full, and counts as delivered', async () => {
  const { state, close } = await openStateStore()
  const lines: string[] = []
  const log = createLog('notification', 'info', { write: (line: string) => lines.push(line) })
  const service = await startService({ state, log })
  await service.remind(reminderDue())
  const written = lines.map((line) => JSON.parse(line) as Record<string, unknown>)
  expect(written).toMatchObject([
    {
      level: 'info',
      mail: {
        to: 'Ada Lovelace <ada@example.org>',
        subject: 'Reminder: Water the plants',
        text: /https:\/\/todo\.test\/all\?task=/,
      },
    },
  ])
  expect(service.outcomes()).toEqual([['delivered', 1]])
  await service.stop()
  await close()
})

describe('the settings', () => {
  it('need the public address and the secret only', () => {
    const needed = { PUBLIC_URL: 'https://todo.test', CHANNEL_SECRET }
    const config = loadConfig(NotificationConfig, { ...needed, SMTP_URL: '' })
    const defaults = { MAIL_FROM: 'Todo Cloud <no-reply@localhost>', PRIVATE_ADDRESSES: 'refuse' }
    expect(config).toEqual({ ...needed, ...defaults })
  })

  it('say everything that is wrong with them', () => {
    const wrong = () =>
      loadConfig(NotificationConfig, {
        SMTP_URL: 'mail.example.org',
        MAIL_FROM: 'me\r\nBcc: you@x.org',
        PRIVATE_ADDRESSES: 'maybe',
      })
    expect(wrong).toThrow(/SMTP_URL: must be a URL such as smtp:/)
    expect(wrong).toThrow(/MAIL_FROM: must be an e-mail address/)
    expect(wrong).toThrow(/PUBLIC_URL: is needed/)
    expect(wrong).toThrow(/CHANNEL_SECRET: /)
    expect(wrong).toThrow(/PRIVATE_ADDRESSES: must be refuse or allow/)
  })
})
