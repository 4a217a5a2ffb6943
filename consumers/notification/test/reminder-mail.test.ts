import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ParsedMail } from 'mailparser'
import { composeReminderMail } from '../src/mail/reminder-mail.ts'
import { createSmtpMailer } from '../src/mail/smtp-mailer.ts'
import { reminderDue } from './notification-service.ts'
import { TestMailServer } from './smtp-server.ts'

const settings = { from: 'Todo Cloud <no-reply@todo.test>', publicUrl: 'https://todo.test' }
const compose = (...data: Parameters<typeof reminderDue>) => composeReminderMail(reminderDue(...data).data, settings)

const server = new TestMailServer()
let mailer: ReturnType<typeof createSmtpMailer>
beforeAll(async () => {
  mailer = createSmtpMailer({ url: await server.listen(), now: () => new Date() })
})
afterAll(async () => {
  mailer.close()
  await server.close()
})

/** As it arrives. */
async function send(...data: Parameters<typeof reminderDue>): Promise<ParsedMail> {
  await mailer.send(compose(...data))
  return server.mails.at(-1)!
}

describe('the mail of a reminder', () => {
  it('says what is due, when, and where to open it, as text and as HTML', async () => {
    const taskId = '0192f0c1-2b3c-7d4e-8f90-a1b2c3d4e5f6'
    const mail = await send({ taskId })
    expect(mail.subject).toBe('Reminder: Water the plants')
    expect(mail.from?.text).toBe('"Todo Cloud" <no-reply@todo.test>')
    expect(mail.to).toMatchObject({ value: [{ name: 'Ada Lovelace', address: 'ada@example.org' }] })
    for (const body of [mail.text, mail.html]) {
      expect(body).toContain('Water the plants')
      expect(body).toMatch(/Due:? Tuesday,? 1 December 2026 at 09:00/)
      expect(body).toContain(`https://todo.test/all?task=${taskId}`)
    }
    expect(mail.html).toContain('prefers-color-scheme: dark')
  })

  it('offers to remind again, by links that the web app understands', async () => {
    const taskId = '0192f0c1-2b3c-7d4e-8f90-a1b2c3d4e5f6'
    const mail = await send({ taskId })
    for (const choice of ['10m', '1h', 'tonight', 'tomorrow']) {
      expect(mail.text).toContain(`: https://todo.test/all?snooze=${choice}&of=${taskId}`)
      expect(mail.html).toContain(`"https://todo.test/all?snooze=${choice}&amp;of=${taskId}"`)
    }
  })

  it('tells machines what it is', async () => {
    const mail = await send()
    expect(mail.headers.get('auto-submitted')).toBe('auto-generated')
    expect(mail.headers.get('list')).toMatchObject({ id: { id: 'reminders.todo.test' } })
  })

  it('can be ended with one click (RFC 8058), or by its link', async () => {
    const mail = await send({ recipient: { unsubscribe: 'reminders.ada.AbC_-1' } })
    const list = mail.headers.get('list') as unknown as Record<string, unknown>
    expect(list.unsubscribe).toEqual({ url: 'https://todo.test/api/v1/unsubscribe?token=reminders.ada.AbC_-1' })
    expect(list['unsubscribe-post']).toMatchObject({ name: 'List-Unsubscribe=One-Click' })
    expect(mail.text).toContain('Unsubscribe: https://todo.test/unsubscribe?token=reminders.ada.AbC_-1')
    expect(mail.html).toContain('"https://todo.test/unsubscribe?token=reminders.ada.AbC_-1"')
  })

  it('has the time in the zone and the manner of the person, not of the task', () => {
    const { text } = compose({ recipient: { timeZone: 'America/New_York', locale: 'de-DE' } })
    expect(text).toContain('Dienstag, 1. Dezember 2026 um 04:00')
  })

  it('has the day alone, the same in every zone, where the task has no time', () => {
    const data = { dueAt: null, due: { date: '2026-12-24', time: null, timeZone: null } }
    const { text } = compose({ ...data, recipient: { timeZone: 'Pacific/Kiritimati' } })
    expect(text).toMatch(/^Due: Thursday,? 24 December 2026$/m)
  })

  it('has no line about a due date where there is none', () => {
    const { text, html } = compose({ dueAt: null, due: null })
    expect(text).not.toContain('Due')
    expect(html).not.toMatch(/Due /)
  })

  it('has the same Message-ID for the same firing, and another for any other', () => {
    const { data } = reminderDue()
    const id = composeReminderMail(data, settings).messageId
    expect(composeReminderMail({ ...data, title: 'Another title' }, settings).messageId).toBe(id)
    const next = { ...data, remindAt: '2026-12-02T08:00:00.000Z' }
    expect(composeReminderMail(next, settings).messageId).not.toBe(id)
    expect(id).toMatch(/^<[0-9a-f-]{36}@todo\.test>$/)
  })
})

describe('a title that wants to be more than a title', () => {
  it('is shown and not run', async () => {
    const title = `<script>alert("1")</script> & <img src=x onerror='alert(2)'>`
    const mail = await send({ title })
    expect(mail.subject).toBe(`Reminder: ${title}`)
    expect(mail.html).not.toMatch(/<script|<img/)
    expect(mail.html).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &lt;img')
  })

  it.each(['\r\n', '\n', '\r', '\u0000', '\u2028', '\u0085'])('does not make a header with %j', async (end) => {
    const mail = await send({ title: `Call${end}Bcc: eve@example.org${end}${end}Hello` })
    expect(mail.subject).toMatch(/^Reminder: Call Bcc: eve@example\.org Hello$/)
    expect(mail.bcc).toBeUndefined()
    expect(mail.text).not.toMatch(/^Bcc/m)
  })

  it('does not make a second recipient, nor does a name or an address', async () => {
    const name = 'Ada" <eve@example.org>, "x\r\nBcc: eve@example.org'
    const mail = await send({ recipient: { name } })
    expect([mail.to].flat().flatMap((to) => to!.value.map(({ address }) => address))).toEqual(['ada@example.org'])
    expect(mail.bcc).toBeUndefined()
    const before = server.mails.length
    await mailer.send(compose({ recipient: { email: 'ada@example.org, eve@example.org' } })).catch(() => {})
    const sent = server.mails.slice(before).map(({ to }) => [to].flat()[0]!.value)
    expect(sent.flat().map(({ address }) => address)).not.toContain('eve@example.org')
  })

  it('survives in any script and at any length', async () => {
    const title = `${'Пошта 邮件 📬 '.repeat(30)}end`
    expect((await send({ title })).subject).toBe(`Reminder: ${title}`)
  })
})
