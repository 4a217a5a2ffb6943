import { describe, expect, it } from 'vitest'
import { claimKey } from '../src/claim.ts'
import { reminderMessage } from '../src/message.ts'
import { taskHeard } from './messages.ts'
import { reminderDue, startService, stateStoreOfFile } from './notification-service.ts'
import { TestMailServer, startScriptedServer } from './smtp-server.ts'
import { eachWithMail } from './with-mail.ts'

const state = stateStoreOfFile()

let server: TestMailServer
let service: Awaited<ReturnType<typeof startService>>
eachWithMail(state, (given) => {
  ;({ server, service } = given)
})

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

describe('a mail that the server does not take right now', () => {
  it('is tried again five seconds later, and both tries are told', async () => {
    server.answers = [{ at: 'recipient', code: 450, text: 'mailbox busy' }, null]
    const event = reminderDue()
    await service.remind(event)
    const [failed] = service.published
    expect(failed!.data).toMatchObject({ attempt: 1, retryAt: '2026-12-01T08:00:05.000Z' })
    expect(failed!.data.error).toContain('mailbox busy')
    const [job] = service.jobs.values()
    expect(job).toMatchObject({ kind: 'retry-delivery', at: new Date('2026-12-01T08:00:05Z') })
    expect(job!.name).toMatch(/^[a-z0-9.-]+$/)
    await service.runNextJob()
    expect(server.mails).toHaveLength(1)
    expect(service.outcomes()).toEqual([
      ['failed', 1],
      ['delivered', 2],
    ])
  })

  it('is tried for seven hours, ever less often, and then given up', async () => {
    server.answers = [{ at: 'data', code: 452, text: 'out of room' }]
    const event = reminderDue()
    await service.remind(event)
    const delays: number[] = []
    while (service.published.at(-1)!.data.retryAt) {
      delays.push(Date.parse(service.published.at(-1)!.data.retryAt!) - service.clock.now().getTime())
      await service.runNextJob()
    }
    expect(delays).toEqual([5 * SECOND, 30 * SECOND, 2 * MINUTE, 10 * MINUTE, HOUR, 6 * HOUR])
    expect(service.jobs.size).toBe(6)
    expect(server.tries).toBe(7)
    expect(service.outcomes().at(-1)).toEqual(['failed', 7])
  })

  it('is not tried again in quiet hours, but at their end', async () => {
    server.answers = [{ at: 'data', code: 452, text: 'out of room' }]
    const quiet = { from: '08:02', to: '21:30' }
    await service.remind(reminderDue({ recipient: { quiet, timeZone: 'UTC' } }))
    for (let tried = 1; tried < 4; tried += 1) await service.runNextJob()
    expect(service.published.map(({ data }) => data.retryAt)).toEqual([
      '2026-12-01T08:00:05.000Z',
      '2026-12-01T08:00:35.000Z',
      '2026-12-01T21:30:00.000Z',
      '2026-12-01T21:40:00.000Z',
    ])
  })

  it('is sent once when its retry runs twice, or its reminder comes again in between', async () => {
    server.answers = [{ at: 'sender', code: 421, text: 'closing' }, null]
    const event = reminderDue()
    await service.remind(event)
    await service.remind(event)
    const [job] = service.jobs.values()
    service.clock.moveTo(job!.at)
    await service.runJob(job!)
    await service.remind(event)
    await service.runJob(job!)
    expect(server.mails).toHaveLength(1)
    expect(new Set(service.published.map(({ id }) => id)).size).toBe(2)
  })

  it('is not sent once its task is done, and that is no failure of the address', async () => {
    server.answers = [{ at: 'recipient', code: 450, text: 'mailbox busy' }, null]
    const event = reminderDue()
    await service.remind(event)
    await service.handle(taskHeard(event.data.taskId, '2026-12-01T08:00:03Z'))
    await service.runNextJob()
    expect(server.mails).toEqual([])
    expect(service.published.at(-1)).toMatchObject({
      type: 'todo.reminder.failed.v1',
      data: { attempt: 2, error: expect.stringContaining('its task is over'), isCalledOff: true },
    })
  })

  it('is not tried before its time by a clock that is ahead', async () => {
    server.answers = [{ at: 'recipient', code: 450, text: 'mailbox busy' }, null]
    await service.remind(reminderDue())
    const [job] = service.jobs.values()
    await expect(service.runJob(job!)).rejects.toThrow('not its time yet')
    expect(server.tries).toBe(1)
  })

  it('is not sent by two retries that run at the same moment', async () => {
    server.answers = [{ at: 'recipient', code: 450, text: 'mailbox busy' }, null]
    await service.remind(reminderDue())
    const [job] = service.jobs.values()
    service.clock.moveTo(job!.at)
    await Promise.allSettled([service.runJob(job!), service.runJob(job!), service.runJob(job!)])
    expect(server.mails).toHaveLength(1)
  })
})

describe('a mail that is refused', () => {
  it.each([
    ['because there is no such person', { at: 'recipient', code: 550, text: 'no such user' }],
    ['because of what it says', { at: 'data', code: 554, text: 'spam' }],
  ] as const)('for good %s is given up at once, with the reason', async (_why, answer) => {
    server.answers = [answer]
    const event = reminderDue()
    await service.remind(event)
    await service.remind(event)
    expect(service.published[0]!.data).toMatchObject({ attempt: 1, retryAt: null })
    expect(service.published[0]!.data.error).toContain(answer.text)
    expect(service.jobs.size).toBe(0)
    expect(server.tries).toBe(1)
  })

  it.each([
    [
      'because there is no such mailbox is told as gone',
      { at: 'recipient', code: 550, text: '5.1.1 no such user' },
      true,
    ],
    ['because its domain takes no mail is told as gone', { at: 'recipient', code: 556, text: '5.1.10 null MX' }, true],
    ['because of a rule of the server is not', { at: 'recipient', code: 550, text: '5.7.1 not allowed' }, undefined],
    ['because our sender is wrong is not', { at: 'recipient', code: 550, text: '5.1.8 bad sender' }, undefined],
    ['with no more words is not', { at: 'recipient', code: 550, text: 'no' }, undefined],
    ['because of what it says is not', { at: 'data', code: 554, text: '5.1.1 odd' }, undefined],
  ] as const)('%s', async (_what, answer, isGone) => {
    server.answers = [answer]
    await service.remind(reminderDue())
    const { isGone: told, retryAt } = service.published[0]!.data
    expect([told, retryAt]).toEqual([isGone, null])
  })

  it('because of our own sender or account is tried again: that can be put right', async () => {
    server.answers = [{ at: 'sender', code: 550, text: 'not your domain' }]
    await service.remind(reminderDue())
    expect(service.published[0]!.data.retryAt).not.toBeNull()
    const strict = new TestMailServer({
      authOptional: false,
      allowInsecureAuth: true,
      onAuth: (_auth, _session, done) => done(new Error('wrong password')),
    })
    const smtpUrl = (await strict.listen()).replace('//', '//ada:secret@')
    const other = await startService({ state, smtpUrl })
    await other.remind(reminderDue())
    expect(other.published[0]!.data.retryAt).not.toBeNull()
    expect(other.published[0]!.data.error).not.toContain('secret')
    await other.stop()
    await strict.close()
  })

  it('because its address is none is given up at once', async () => {
    await service.remind(reminderDue({ recipient: { email: '' } }))
    expect(service.published[0]!.data.retryAt).toBeNull()
  })
})

describe('a server that dies in the middle of a mail', () => {
  it('gets the same mail again, with the same Message-ID', async () => {
    const script: Record<string, string> = {
      CONNECT: '220 hello',
      EHLO: '250 hello',
      MAIL: '250 ok',
      RCPT: '250 ok',
      DATA: '354 go',
    }
    const seen: string[] = []
    const dying = await startScriptedServer((line) => {
      seen.push(line)
      if (line === '.' || line.startsWith('--')) return 'die'
      return script[line.slice(0, line === 'CONNECT' ? 7 : 4)] ?? null
    })
    const first = await startService({ state, smtpUrl: dying.url })
    const event = reminderDue()
    await first.remind(event)
    expect(first.outcomes()).toEqual([['failed', 1]])
    expect(dying.connections()).toBe(1)
    await first.stop()
    await dying.close()
    service.clock.advance(5 * SECOND)
    await service.runJob([...first.jobs.values()][0]!)
    expect(service.outcomes()).toEqual([['delivered', 2]])
    expect(seen.join('\n')).toContain(server.mails[0]!.messageId)
  })
})

describe('an account that was deleted', () => {
  const userId = '0192f0c1-0000-7000-8000-000000000003'

  it('leaves no retry that waits, nor what the mail server said of it', async () => {
    server.answers = [{ at: 'recipient', code: 450, text: 'ada@example.org is busy' }]
    const events = [reminderDue({ userId }), reminderDue({ userId }), reminderDue()]
    for (const event of events) await service.remind(event)
    const first = [...service.jobs.values()][0]!
    service.clock.moveTo(first.at)
    await service.runJob(first)
    const others = [...service.jobs.values()].filter(({ data }) => !JSON.stringify(data).includes(userId))
    await service.deleteAccount(userId)
    // The scheduler itself lets go of a job that has run.
    expect([...service.jobs.values()]).toEqual([first, ...others])
    for (const { data } of events.slice(0, 2))
      expect(await state.get(claimKey(reminderMessage(data), 'email'))).toBeNull()
    expect(await state.get(claimKey(reminderMessage(events[2]!.data), 'email'))).not.toBeNull()
  })

  it('gets no new retry from a try that was on its way', async () => {
    const busy = new TestMailServer()
    busy.answers = [{ at: 'recipient', code: 450, text: 'busy' }]
    const event = reminderDue()
    // Another process hears of it at the worst moment.
    const beforeSchedule = () => service.deleteAccount(event.data.userId)
    const trying = await startService({ state, smtpUrl: await busy.listen(), beforeSchedule })
    await trying.remind(event)
    expect(trying.published).toHaveLength(1)
    expect(trying.jobs.size).toBe(0)
    await trying.stop()
    await busy.close()
  })
})

it('a job of the version before is a mail', async () => {
  const { data: reminder } = reminderDue()
  const data = { reminder, attempt: 2 }
  await service.runJob({ name: 'retry.old', kind: 'retry-delivery', at: new Date(), data })
  expect(server.mails).toMatchObject([{ subject: 'Reminder: Water the plants' }])
  expect(service.outcomes()).toEqual([['delivered', 2]])
})

it('a job that is not understood is left out, not tried for ever', async () => {
  await service.runJob({ name: 'retry.old', kind: 'retry-delivery', at: new Date(), data: { version: 0 } })
  expect(service.published).toEqual([])
})
