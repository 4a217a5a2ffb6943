import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { StateStore } from '@todo/platform/state-store'
import { pollUntil } from '@todo/platform/testing/poll-until'
import { LEASE_MS, claimKey } from '../src/claim.ts'
import { reminderMessage } from '../src/message.ts'
import type { Claim } from '../src/claim.ts'
import { TestClock, reminderDue, startService, stateStoreOfFile } from './notification-service.ts'
import { TestMailServer } from './smtp-server.ts'

const state = stateStoreOfFile()

let server: TestMailServer
let smtpUrl: string
beforeEach(async () => {
  server = new TestMailServer()
  smtpUrl = await server.listen()
})
afterEach(() => server.close())

function failingAt(status: Claim['status'], fails: () => boolean): StateStore {
  const set: StateStore['set'] = async (key, value, options) => {
    if ((value as Claim).status === status && fails()) throw new Error('the state store is away')
    return state.set(key, value, options)
  }
  return { get: state.get.bind(state), set, delete: state.delete.bind(state) }
}

describe('a process that lives on', () => {
  it('while the state store was away after its mail writes it down before others may send', async () => {
    let failures = 2
    const service = await startService({ state: failingAt('sent', () => failures-- > 0), smtpUrl })
    const event = reminderDue()
    await service.remind(event)
    await pollUntil(() => service.published.length > 0)
    expect(server.mails).toHaveLength(1)
    expect(service.outcomes()).toEqual([['delivered', 1]])
    expect((await state.get<Claim>(claimKey(reminderMessage(event.data), 'email')))?.value.status).toBe('sent')
    await service.stop()
  })

  it('while the state store was away for longer than its claim holds sends no second mail', async () => {
    let isAway = true
    const clock = new TestClock()
    const failing = failingAt('sent', () => {
      clock.advance(LEASE_MS)
      return isAway
    })
    const service = await startService({ state: failing, smtpUrl, clock })
    const event = reminderDue()
    await expect(service.remind(event)).rejects.toThrow('tried again')
    await expect(service.remind(event)).rejects.toThrow('tried again')
    isAway = false
    await service.remind(event)
    expect(server.mails).toHaveLength(1)
    expect(service.outcomes()).toEqual([['delivered', 1]])
    await service.stop()
  })

  it('after it was frozen between its mail and the record of it has time to write it down before another one looks', async () => {
    const clock = new TestClock()
    const written = Promise.withResolvers<void>()
    const set: StateStore['set'] = async (key, value, options) => {
      if ((value as Claim).status === 'sent') {
        clock.advance(LEASE_MS + 1)
        await written.promise
      }
      return state.set(key, value, options)
    }
    const frozen: StateStore = { get: state.get.bind(state), set, delete: state.delete.bind(state) }
    const service = await startService({ state: frozen, smtpUrl, clock })
    await service.remind(reminderDue())
    const looks = [...service.jobs.values()]
    expect(looks).toHaveLength(1)
    expect(looks[0]!.at.getTime() - clock.now().getTime()).toBeGreaterThanOrEqual(10_000)
    written.resolve()
    await pollUntil(() => service.published.length > 0)
    expect(server.mails).toHaveLength(1)
    await service.stop()
  })

  it('after it was frozen between its claim and its mail leaves the mail to whoever comes next', async () => {
    let freezeMs = LEASE_MS
    const set: StateStore['set'] = async (key, value, options) => {
      const isDone = await state.set(key, value, options)
      if ((value as Claim).status === 'sending') service.clock.advance(freezeMs)
      return isDone
    }
    const slow: StateStore = { get: state.get.bind(state), set, delete: state.delete.bind(state) }
    const service = await startService({ state: slow, smtpUrl })
    const event = reminderDue()
    await expect(service.remind(event)).rejects.toThrow('tried again')
    expect(server.mails).toEqual([])
    freezeMs = 0
    await service.remind(event)
    expect(server.mails).toHaveLength(1)
    await service.stop()
  })
})
