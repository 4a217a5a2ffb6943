import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parseEvent } from '@todo/model/parse-event'
import type { TodoEvent } from '@todo/model/events'
import type { StateStore } from '@todo/platform/state-store'
import { pollUntil } from '@todo/platform/testing/poll-until'
import { LEASE_MS, claimKey } from '../src/claim.ts'
import { reminderMessage } from '../src/message.ts'
import type { Claim } from '../src/claim.ts'
import { reminderDue, startService, stateStoreOfFile } from './notification-service.ts'
import { TestMailServer } from './smtp-server.ts'

const state = stateStoreOfFile()

let server: TestMailServer
let smtpUrl: string
const running: { stop: () => Promise<void> }[] = []
beforeEach(async () => {
  server = new TestMailServer()
  smtpUrl = await server.listen()
})
afterEach(async () => {
  for (const service of running.splice(0)) await service.stop()
  await server.close()
})

async function start(options: Partial<Parameters<typeof startService>[0]> = {}) {
  const service = await startService({ state, smtpUrl, ...options })
  running.push(service)
  return service
}

/** Fails the first time only. */
function once(message: string): () => void {
  let isFirst = true
  return () => {
    if (!isFirst) return
    isFirst = false
    throw new Error(message)
  }
}

describe('a reminder that has come due', () => {
  it('reaches the person by mail, and the delivery log hears of it', async () => {
    const service = await start()
    const event = reminderDue()
    await service.remind(event)
    // The first mail of a process may take longer on a busy machine than its handler waits.
    await pollUntil(() => service.published.length > 0)
    expect(server.mails).toMatchObject([{ subject: 'Reminder: Water the plants', to: { text: /ada@example\.org/ } }])
    const { reminderId, taskId, userId, remindAt } = event.data
    expect(service.published).toMatchObject([
      {
        type: 'todo.reminder.delivered.v1',
        subject: taskId,
        data: { reminderId, taskId, userId, remindAt, channel: 'email', attempt: 1, at: '2026-12-01T08:00:00.000Z' },
      },
    ])
    expect(parseEvent(service.published[0])).toMatchObject({ ok: true })
    expect(await service.metrics()).toContain('todo_reminder_deliveries_total{channel="email",outcome="delivered"} 1')
  })

  it('reaches every channel that the person wants', async () => {
    const service = await start()
    await service.remind(reminderDue({ recipient: { channels: ['in-app'] } }))
    expect(server.mails).toEqual([])
    expect(service.outcomes('in-app')).toEqual([['delivered', 1]])
    await service.remind(reminderDue({ recipient: { channels: [] } }))
    expect(service.published).toHaveLength(1)
  })

  it('is mailed once when it is delivered twice, and both say the same', async () => {
    const service = await start()
    const event = reminderDue({ recipient: { channels: ['email', 'in-app'] } })
    await service.remind(event)
    service.clock.advance(60_000)
    await service.remind(event)
    expect(server.mails).toHaveLength(1)
    expect(service.published).toHaveLength(4)
    expect(new Set(service.published.map(({ id }) => id)).size).toBe(2)
  })

  it('is mailed for each time it fires, in whatever order those come', async () => {
    const service = await start()
    const first = reminderDue()
    const { reminderId, taskId } = first.data
    const second = reminderDue({ reminderId, taskId, remindAt: '2026-12-02T08:00:00.000Z' })
    for (const event of [second, first, second, first]) await service.remind(event)
    expect(server.mails).toHaveLength(2)
    expect(new Set(server.mails.map((mail) => mail.messageId)).size).toBe(2)
  })
})

describe('two processes that get the same reminder', () => {
  it('at the same moment send one mail: the other is told to come again, and finds it sent', async () => {
    const [one, other] = [await start(), await start()]
    for (let round = 0; round < 10; round++) {
      const event = reminderDue()
      const results = await Promise.allSettled([one.remind(event), other.remind(event)])
      expect(server.mails).toHaveLength(round + 1)
      if (results.some(({ status }) => status === 'rejected'))
        await Promise.all([one.remind(event), other.remind(event)])
      expect(server.mails).toHaveLength(round + 1)
    }
    const ids = [...one.published, ...other.published].map(({ id }) => id)
    expect(new Set(ids).size).toBe(10)
  })
})

describe('a process that dies', () => {
  it('between its claim and its mail has it sent by the next, once its lease is over', async () => {
    const { clock, ...service } = await start()
    const event = reminderDue()
    const until = new Date(clock.now().getTime() + LEASE_MS).toISOString()
    const claim: Claim = { status: 'sending', attempt: 1, until }
    await state.set(claimKey(reminderMessage(event.data), 'email'), claim, { ifMatch: null })
    clock.advance(LEASE_MS - 1)
    await expect(service.remind(event)).rejects.toThrow(AggregateError)
    expect(server.mails).toHaveLength(0)
    clock.advance(1)
    await service.remind(event)
    await service.remind(event)
    expect(server.mails).toHaveLength(1)
    expect(service.outcomes()).toEqual([
      ['delivered', 2],
      ['delivered', 2],
    ])
  })

  it('between its mail and telling of it leaves no second mail, and it is told by the next', async () => {
    const dying = await start({ beforePublish: once('killed') })
    const event = reminderDue()
    await expect(dying.remind(event)).rejects.toThrow()
    const next = await start()
    await next.remind(event)
    expect(server.mails).toHaveLength(1)
    expect(next.outcomes()).toEqual([['delivered', 1]])
  })

  it.each(['beforeSchedule', 'beforePublish'])(
    'in its handling of a failure (%s) loses neither the next try nor the word of it',
    async (at) => {
      server.answers = [{ at: 'recipient', code: 451, text: 'try later' }, null]
      const dying = await start({ [at]: once('killed') })
      const event = reminderDue()
      await expect(dying.remind(event)).rejects.toThrow()
      const next = await start()
      await next.remind(event)
      expect(server.tries).toBe(1)
      expect(next.outcomes()).toEqual([['failed', 1]])
      await next.runNextJob()
      expect(server.mails).toHaveLength(1)
    },
  )

  it('and only seemed dead does not undo what another one has sent', async () => {
    const event = reminderDue()
    const key = claimKey(reminderMessage(event.data), 'email')
    const overtaken: StateStore = {
      ...state,
      get: (async (k: string) => {
        const entry = await state.get<Claim>(k)
        // While its mail was being refused, another process took over and sent it.
        if (entry?.value.status !== 'sending') return entry
        await state.set(key, { status: 'sent', attempt: 2, at: event.time } satisfies Claim)
        return state.get(k)
      }) as StateStore['get'],
      set: state.set.bind(state),
    }
    server.answers = [{ at: 'recipient', code: 451, text: 'try later' }]
    const slow = await start({ state: overtaken })
    await slow.remind(event)
    expect(slow.published).toEqual([])
    expect(slow.jobs.size).toBe(0)
    expect((await state.get<Claim>(key))?.value.status).toBe('sent')
  })
})

describe('one channel', () => {
  it('that fails neither blocks the other nor repeats it', async () => {
    await server.close()
    const service = await start()
    const event = reminderDue({ recipient: { channels: ['email', 'in-app'] } })
    await service.remind(event)
    expect(service.outcomes('in-app')).toEqual([['delivered', 1]])
    expect(service.outcomes('email')).toEqual([['failed', 1]])
  })

  it('whose outcome cannot be told lets the other be delivered before it asks to be tried again', async () => {
    const refuse = (batch: readonly TodoEvent[]) => {
      if ((batch[0]!.data as { channel: string }).channel === 'in-app') throw new Error('the broker is away')
    }
    const service = await start({ beforePublish: refuse })
    const event = reminderDue({ recipient: { channels: ['in-app', 'email'] } })
    await expect(service.remind(event)).rejects.toThrow(AggregateError)
    expect(server.mails).toHaveLength(1)
    expect(service.outcomes('email')).toEqual([['delivered', 1]])
  })
})

describe('a person who has left', () => {
  it('gets no mail any more, neither a late one nor one that waits for its next try', async () => {
    server.answers = [{ at: 'data', code: 452, text: 'no room' }, null]
    const service = await start()
    const event = reminderDue()
    await service.remind(event)
    const [handedOut] = service.jobs.values()
    await service.deleteAccount(event.data.userId)
    await service.deleteAccount(event.data.userId)
    service.clock.moveTo(handedOut!.at)
    await service.runJob(handedOut!)
    await service.remind(reminderDue({ userId: event.data.userId }))
    expect(server.mails).toEqual([])
    expect(server.tries).toBe(1)
  })
})

describe('a service that stops', () => {
  it('finishes the mail it is sending, takes no other, and says so', async () => {
    let release = () => {}
    const held = new Promise<void>((resolve) => (release = resolve))
    await server.close()
    server = new TestMailServer({ onConnect: (_session, done) => void held.then(() => done()) })
    smtpUrl = await server.listen()
    const service = await start()
    const sending = service.remind(reminderDue())
    const stopped = service.stop()
    await expect(service.remind(reminderDue())).rejects.toThrow('stopping')
    release()
    await Promise.all([sending, stopped])
    expect(server.mails).toHaveLength(1)
    expect(service.outcomes()).toEqual([['delivered', 1]])
  })
})
