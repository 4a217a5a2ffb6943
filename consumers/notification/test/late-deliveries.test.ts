import { afterEach, beforeEach, expect, it } from 'vitest'
import { pollUntil } from '@todo/platform/testing/poll-until'
import { PushService } from '@todo/platform/testing/push-service'
import { WebhookReceiver } from '@todo/platform/testing/webhook-receiver'
import { LEASE_MS } from '../src/claim.ts'
import { USER, browserAt, webhookAt } from './messages.ts'
import { reminderDue, startService, stateStoreOfFile } from './notification-service.ts'
import { TestMailServer } from './smtp-server.ts'

const state = stateStoreOfFile()

let server: TestMailServer
let smtpUrl: string
let greet: () => void
beforeEach(async () => {
  const { promise: greeted, resolve } = Promise.withResolvers<void>()
  greet = resolve
  server = new TestMailServer({ onConnect: (_session, done) => void greeted.then(() => done()) })
  smtpUrl = await server.listen()
})
afterEach(() => server.close())

it('a mail that is late goes on without its handler, and is told of once it is out', async () => {
  const service = await startService({ state, smtpUrl })
  await service.remind(reminderDue())
  expect(service.published).toEqual([])
  expect([...service.jobs.values()]).toMatchObject([{ at: new Date(service.clock.now().getTime() + LEASE_MS) }])
  greet()
  await pollUntil(() => service.published.length > 0 && service.jobs.size === 0)
  expect(service.outcomes()).toEqual([['delivered', 1]])
  expect(server.mails).toHaveLength(1)
  await service.stop()
})

it('a service that stops waits for a late mail', async () => {
  const service = await startService({ state, smtpUrl })
  await service.remind(reminderDue())
  const stopped = service.stop()
  greet()
  await stopped
  expect(service.outcomes()).toEqual([['delivered', 1]])
})

it('a late mail of a process that died is sent by whoever looks after it', async () => {
  const dying = await startService({ state, smtpUrl })
  await dying.remind(reminderDue())
  const [look] = dying.jobs.values()
  const { clock } = dying
  const living = new TestMailServer()
  const next = await startService({ state, smtpUrl: await living.listen(), clock })
  await expect(next.runJob(look!)).rejects.toThrow('being sent by another one')
  clock.moveTo(look!.at)
  await next.runJob(look!)
  expect(living.mails).toHaveLength(1)
  expect(next.outcomes()).toEqual([['delivered', 2]])
  greet()
  for (const service of [dying, next]) await service.stop()
  await living.close()
})

it('where nothing can be planned, the handler waits for its mail', async () => {
  const asked = Promise.withResolvers<void>()
  const beforeSchedule = () => {
    asked.resolve()
    throw new Error('the scheduler is away')
  }
  const service = await startService({ state, smtpUrl, beforeSchedule })
  const reminded = service.remind(reminderDue())
  await asked.promise
  greet()
  await reminded
  expect(service.outcomes()).toEqual([['delivered', 1]])
  await service.stop()
})

it('when too many mails are late, the next becomes a job, which is begun when there is room', async () => {
  const service = await startService({ state, smtpUrl })
  const events = Array.from({ length: 10 }, () => reminderDue())
  await Promise.all(events.map((event) => service.remind(event)))
  const late = service.jobs.size
  const next = reminderDue({ recipient: { channels: ['email', 'in-app'] } })
  await service.remind(next)
  expect(service.outcomes('in-app')).toEqual([['delivered', 1]])
  const job = [...service.jobs.values()].at(-1)!
  expect([late, service.jobs.size]).toEqual([10, 11])
  await expect(service.runJob(job)).rejects.toThrow('the mail server is slow, and too many messages wait')
  greet()
  await pollUntil(() => service.outcomes().length === 10)
  await service.runJob(job)
  expect(server.mails).toHaveLength(11)
  expect(new Set(service.outcomes().map(String))).toEqual(new Set(['delivered,1']))
  await service.stop()
})

it('of a person who has left, nothing is kept of a late mail', async () => {
  const service = await startService({ state, smtpUrl })
  const event = reminderDue()
  await service.remind(event)
  await service.deleteAccount(event.data.userId)
  expect(service.jobs.size).toBe(0)
  greet()
  await service.stop()
})

it('an endpoint that hangs holds up no other, and what goes there waits in jobs once it is too much', async () => {
  const [push, hooks] = [await new PushService().start(), await new WebhookReceiver().start()]
  const service = await startService({ state })
  const browser = push.subscribe()
  hooks.setFate('/hangs', 'hangs')
  const endpoints = [webhookAt(`${hooks.url}/hangs`), browserAt(browser)]
  const events = Array.from({ length: 11 }, () => reminderDue({ userId: USER, recipient: { channels: [], endpoints } }))
  for (const event of events) await service.remind(event)
  expect(push.of(browser)).toHaveLength(11)
  expect(hooks.triesOf('/hangs')).toHaveLength(10)
  expect(service.jobs.size).toBe(11)
  await hooks.stop()
  await service.stop()
  await push.stop()
})
