import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ParsedMail } from 'mailparser'
import type { EventData, TodoEvent } from '@todo/model/events'
import { pollUntil } from '@todo/platform/testing/poll-until'
import { channelTested, digestDue } from './messages.ts'
import { startService, stateStoreOfFile } from './notification-service.ts'
import { TestMailServer } from './smtp-server.ts'

const state = stateStoreOfFile()
const server = new TestMailServer()
let service: Awaited<ReturnType<typeof startService>>
beforeAll(async () => {
  service = await startService({ state, smtpUrl: await server.listen() })
})
afterAll(async () => {
  await service.stop()
  await server.close()
})

let days = 0
type Digest = EventData<'digest.due'>

/** As it arrives; each of a day of its own. */
async function digestMail({
  recipient,
  ...data
}: Partial<Omit<Digest, 'recipient'>> & { recipient?: object }): Promise<ParsedMail> {
  const event = digestDue({ day: `2026-12-${String((days += 1)).padStart(2, '0')}`, ...data })
  Object.assign(event.data.recipient, recipient)
  const [mail] = await handle(event)
  return mail!
}

/** Whoever waits for a mail on a busy machine may be told before it has arrived. */
async function handle(...sent: TodoEvent[]): Promise<ParsedMail[]> {
  const [before, told] = [server.mails.length, service.tries('email').length]
  for (const event of sent) await service.handle(event)
  await pollUntil(() => service.tries('email').length === told + sent.length)
  return server.mails.slice(before)
}

const task = (title: string, due: Digest['due']['tasks'][number]['due'] = null) => ({
  taskId: '0192f0c1-2b3c-7d4e-8f90-a1b2c3d4e5f6',
  title,
  due,
})
const part = (...tasks: Digest['due']['tasks']) => ({ count: tasks.length, tasks })

describe('the mail of a digest', () => {
  it('has what is overdue, due and done, each with a link, as text and as HTML', async () => {
    const mail = await digestMail({
      day: '2026-12-24',
      overdue: part(task('Pay rent', { date: '2026-12-01', time: null, timeZone: null })),
      due: part(task('Call Bob', { date: '2026-12-24', time: '18:30', timeZone: 'Europe/Lisbon' }), task('Bake')),
      done: part(task('Buy flour')),
    })
    expect(mail.subject).toBe('Thursday 24 December: 1 overdue, 2 due today, 1 done yesterday')
    const text = mail.text!.replaceAll(/\n {2}http\S+/g, '')
    expect(text).toContain('Overdue\n- Pay rent (1 Dec 2026)\n')
    expect(text).toContain('Due today\n- Call Bob (18:30)\n- Bake\n')
    expect(text).toContain('Done yesterday\n- Buy flour\n')
    for (const body of [mail.text, mail.html]) {
      expect(body).toContain('https://todo.test/all?task=0192f0c1-2b3c-7d4e-8f90-a1b2c3d4e5f6')
      expect(body).toContain('https://todo.test/today')
    }
    expect(mail.html).toMatch(/Call Bob<\/a> <span[^>]*>18:30/)
    expect(mail.html).toContain('prefers-color-scheme: dark')
  })

  it('leaves out what there is none of, and says how many more there are', async () => {
    const mail = await digestMail({ due: { ...part(task('Bake')), count: 21 } })
    expect(mail.subject).toMatch(/: 21 due today$/)
    for (const body of [mail.text, mail.html]) {
      expect(body).toContain('and 20 more')
      expect(body).not.toMatch(/Overdue|Done yesterday/)
    }
  })

  it('has times in the zone and the manner of the person', async () => {
    const due = part(task('Call', { date: '2026-12-24', time: '18:30', timeZone: 'America/New_York' }))
    const person = { timeZone: 'Europe/Berlin', locale: 'de-DE' }
    const mail = await digestMail({ overdue: due, recipient: person })
    expect(mail.text).toContain('Call (25.12.2026, 00:30)')
  })

  it('shows what people typed and runs none of it', async () => {
    const title = `<script>alert("1")</script>\r\nBcc: eve@example.org`
    const mail = await digestMail({ due: part(task(title)) })
    expect(mail.html).not.toContain('<script')
    expect(mail.html).toContain('&lt;script&gt;alert(&quot;1&quot;)')
    expect(mail.text).toContain('- <script>alert("1")</script> Bcc: eve@example.org\n')
  })

  it('can be ended with one click, or by its link', async () => {
    const unsubscribe = 'digest.0192f0c1-0000-7000-8000-00000000000a.AbC_-1'
    const mail = await digestMail({ due: part(task('Bake')), recipient: { unsubscribe } })
    const list = mail.headers.get('list') as unknown as Record<string, unknown>
    expect(list.unsubscribe).toEqual({ url: `https://todo.test/api/v1/unsubscribe?token=${unsubscribe}` })
    expect(list['unsubscribe-post']).toMatchObject({ name: 'List-Unsubscribe=One-Click' })
    expect(mail.text).toContain(`Unsubscribe: https://todo.test/unsubscribe?token=${unsubscribe}`)
    expect(mail.html).toContain(`"https://todo.test/unsubscribe?token=${unsubscribe}"`)
    expect((await digestMail({ due: part(task('Bake')) })).headers.get('list')).not.toHaveProperty('unsubscribe')
  })

  it('is sent once for a day, and told as tried', async () => {
    const due = part(task('Bake'))
    const [first, next] = [digestDue({ day: '2027-01-01', due }), digestDue({ day: '2027-01-02', due })]
    const mails = [...(await handle(first)), ...(await handle(first)), ...(await handle(next))]
    const tries = service.tries('email').slice(-3)
    expect(tries).toMatchObject([{ about: 'digest', kind: 'email', error: null }, {}, {}])
    expect(new Set(service.published.slice(-3).map(({ id }) => id)).size).toBe(2)
    expect(mails.map(({ messageId }) => messageId)).toEqual([...new Set(mails.map(({ messageId }) => messageId))])
    expect(mails).toHaveLength(2)
  })
})

it('a test of e-mail arrives, and says what it is', async () => {
  const [mail] = await handle(channelTested({ channels: ['email'] }))
  expect(mail!.subject).toBe('A test from Todo Cloud')
  for (const body of [mail!.text, mail!.html]) expect(body).toContain('This is a test that you asked for')
  expect(service.tries('email').at(-1)).toMatchObject({ about: 'test', error: null })
})
