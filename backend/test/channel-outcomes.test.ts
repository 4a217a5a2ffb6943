import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { v7 as uuidv7 } from 'uuid'
import type { CreatedChannel } from '@todo/model/channels'
import { eventName } from '@todo/model/events'
import type { EventData } from '@todo/model/events'
import type { Task } from '@todo/model/task'
import { createEvent } from '@todo/platform/create-event'
import { verifyText } from '@todo/platform/seal'
import { pollUntil } from '@todo/platform/testing/poll-until'
import { add, channelIn, channelTried, notificationsOf, ntfy, push, webhook } from './channel-samples.ts'
import { SECRET, createBackend } from './harness.ts'
import type { Client, TestBackend } from './harness.ts'

let backend: TestBackend
beforeAll(async () => {
  backend = await createBackend()
})
afterAll(() => backend.close())

const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString()

/** A task of a person, and what notification tells of its reminder by this endpoint. */
async function reminded(person: Client, { id, kind }: Pick<CreatedChannel, 'id' | 'kind'>, title = 'Dentist') {
  const task = await person.createTask({ title })
  const ofReminder = { about: 'reminder', kind, taskId: task.id, reminderId: uuidv7(), remindAt: inMinutes(-1) }
  const tried = (data: Partial<EventData<'channel.tried'>>) =>
    backend.deliver(channelTried(person, { channelId: id, ...ofReminder, ...data }))
  return { task, tried }
}

const deliveries = async (person: Client, task: Task) =>
  (await person.call('GET', `/tasks/${task.id}/deliveries`)).body.items

async function allPublished(): Promise<void> {
  const { pool } = backend.testDatabase.database
  await pollUntil(async () => {
    const { rowCount } = await pool.query('select from outbox where published_at is null')
    return rowCount === 0
  })
}

test('a link for the account that arrived is no result of e-mail, and one that did not is', async () => {
  const person = await backend.signUp('Lin')
  const ofLink = { channelId: 'email', kind: 'email', about: 'link', taskId: null, reminderId: null, remindAt: null }
  await backend.deliver(channelTried(person, ofLink))
  await backend.deliver(channelTried(person, { ...ofLink, error: 'greylisted', retryAt: inMinutes(1) }))
  expect((await channelIn(person, 'email')).lastTry).toBeNull()
  await backend.deliver(channelTried(person, { ...ofLink, error: 'mailbox full' }))
  expect((await channelIn(person, 'email')).lastTry).toMatchObject({ error: 'mailbox full' })
  expect(await notificationsOf(person)).toEqual([])
})

test('what became of a mail to another address than the person has says nothing of theirs', async () => {
  const person = await backend.signUp('Moved')
  const { email } = (await person.call('GET', '/me')).body
  const gone = { channelId: 'email', kind: 'email', about: 'link', error: 'no such mailbox', isGone: true } as const
  const ofAccount = { ...gone, taskId: null, reminderId: null, remindAt: null }
  await backend.deliver(channelTried(person, { ...ofAccount, email: 'before@example.org' }))
  expect(await channelIn(person, 'email')).toMatchObject({ isOn: true, lastTry: null })
  expect(await notificationsOf(person)).toEqual([])
  const { tried } = await reminded(person, { id: 'email', kind: 'email' })
  await tried({ error: 'no such mailbox', email: 'before@example.org' })
  expect(await notificationsOf(person)).toMatchObject([{ kind: 'delivery-failed' }])
  await backend.deliver(channelTried(person, { ...ofAccount, email }))
  expect(await channelIn(person, 'email')).toMatchObject({ isOn: false, offReason: 'no such mailbox' })
})

describe('a reminder that fires', () => {
  const fired = async (person: Client) => {
    const task = await person.createTask({ reminders: [{ kind: 'absolute', at: inMinutes(-1) }] })
    const alarm = () => [...backend.jobs.values()].find(({ data }) => data.taskId === task.id)
    await backend.runtime.jobs!['fire-reminder']!(await pollUntil(alarm))
    return (await backend.event('reminder.due', task.id)).data.recipient
  }

  test('takes along the endpoints that are on, sealed, and what ends its mails', async () => {
    const person = await backend.signUp()
    const [on, off] = [await add(person, push()), await add(person, webhook())]
    await add(person, ntfy('mine', 'tk_treasure'))
    await person.call('PATCH', `/channels/${off.id}`, { isOn: false })
    const recipient = await fired(person)
    expect(recipient.endpoints).toMatchObject([{ channelId: on.id, kind: 'web-push' }, { kind: 'ntfy' }])
    expect(JSON.stringify(recipient)).not.toMatch(/push\.example|ntfy\.sh|treasure/)
    const token = { secret: SECRET, purpose: 'unsubscribe' }
    expect(verifyText(recipient.unsubscribe!, token)).toBe(`reminders.${person.userId}`)
  })

  test('goes into the app alone where nothing else is on', async () => {
    const person = await backend.signUp()
    await person.call('PATCH', '/channels/email', { isOn: false })
    expect(await fired(person)).toMatchObject({ channels: [], endpoints: [] })
  })
})

describe('what became of a try', () => {
  test('is the last result of its channel, and a line in the log of the task that names it', async () => {
    const person = await backend.signUp()
    const laptop = await add(person, push())
    const { task, tried } = await reminded(person, laptop)
    await tried({ error: 'the server answered 503', retryAt: inMinutes(1), at: inMinutes(-2) })
    expect((await channelIn(person, laptop.id)).lastTry).toMatchObject({ error: 'the server answered 503' })
    await tried({ attempt: 2, at: inMinutes(-1) })
    expect((await channelIn(person, laptop.id)).lastTry).toMatchObject({ error: null })
    expect(await deliveries(person, task)).toMatchObject([
      { channel: 'web-push', channelName: 'Laptop', status: 'delivered', attempt: 2, error: null },
      { channel: 'web-push', channelName: 'Laptop', status: 'retrying', attempt: 1 },
    ])
    expect(await notificationsOf(person)).toEqual([])
    await person.call('DELETE', `/channels/${laptop.id}`)
    expect(await deliveries(person, task)).toMatchObject([{ channelName: null }, { channelName: null }])
  })

  test('is kept once, however often it is told, and an older one does not take the place of a newer', async () => {
    const person = await backend.signUp()
    const hook = await add(person, webhook())
    const { task } = await reminded(person, hook)
    const about = { about: 'reminder', taskId: task.id, reminderId: uuidv7(), remindAt: inMinutes(-1) }
    const late = channelTried(person, { channelId: hook.id, ...about, error: 'late', retryAt: null, at: inMinutes(-2) })
    await backend.deliver(channelTried(person, { channelId: hook.id }))
    for (const event of [late, late]) await backend.deliver(event)
    expect((await channelIn(person, hook.id)).lastTry).toMatchObject({ error: null })
    expect(await deliveries(person, task)).toHaveLength(1)
    expect(await notificationsOf(person)).toHaveLength(1)
  })

  test('that was given up is told in the app, by the name that the person gave the channel', async () => {
    const person = await backend.signUp()
    const phone = await add(person, ntfy('mine'))
    const { task, tried } = await reminded(person, phone)
    await tried({ error: 'ntfy.sh answered 401' })
    expect(await notificationsOf(person)).toMatchObject([
      {
        kind: 'delivery-failed',
        taskId: task.id,
        title: 'Dentist',
        body: 'The reminder could not be sent to “Phone”: ntfy.sh answered 401',
      },
    ])
  })

  test('of a digest is told as such, and that of a test only where it was asked for', async () => {
    const person = await backend.signUp()
    const digest = { channelId: 'email', kind: 'email', about: 'digest', error: '554 no' }
    await backend.deliver(channelTried(person, digest))
    const title = 'The digest of the day'
    const body = 'It could not be sent by e-mail: 554 no'
    expect(await notificationsOf(person)).toMatchObject([{ kind: 'delivery-failed', taskId: null, title, body }])
    const hook = await add(person, webhook())
    await backend.deliver(channelTried(person, { channelId: hook.id, error: 'no' }))
    expect((await channelIn(person, hook.id)).lastTry).toMatchObject({ error: 'no' })
    expect(await notificationsOf(person)).toHaveLength(1)
  })

  test('on a channel of ours is its last result too', async () => {
    const person = await backend.signUp()
    const { id: taskId } = await person.createTask({ title: 'Dentist' })
    const about = { reminderId: uuidv7(), taskId, userId: person.userId, remindAt: inMinutes(-1), attempt: 1 }
    const origin = { now: new Date(), source: 'notification' } as const
    const outcome = { ...about, at: inMinutes(0) }
    await backend.deliver(createEvent('reminder.delivered', taskId, { ...outcome, channel: 'in-app' }, origin))
    const failed = { ...outcome, channel: 'email' as const, error: 'timeout', retryAt: inMinutes(1) }
    await backend.deliver(createEvent('reminder.failed', taskId, failed, origin))
    expect((await channelIn(person, 'in-app')).lastTry).toEqual({ at: outcome.at, error: null })
    expect((await channelIn(person, 'email')).lastTry).toEqual({ at: outcome.at, error: 'timeout' })
  })

  test('is left out where its channel, its person or its kind is not known', async () => {
    const person = await backend.signUp()
    const gone = await add(person, webhook())
    await person.call('DELETE', `/channels/${gone.id}`)
    await backend.deliver(channelTried(person, { channelId: gone.id, error: 'x' }))
    await backend.deliver(channelTried(person, { channelId: uuidv7(), kind: 'carrier-pigeon', error: 'x' }))
    await backend.deliver(channelTried({ ...person, userId: uuidv7() }, { channelId: 'email', kind: 'email' }))
    expect((await person.call('GET', '/channels')).body.items).toHaveLength(2)
    expect(await notificationsOf(person)).toEqual([])
  })

  test('tells the tabs of the person, and of many that go well at once one', async () => {
    const person = await backend.signUp()
    const hook = await add(person, webhook())
    const { tried } = await reminded(person, hook)
    const notices = () =>
      backend.published.filter(
        ({ type, subject, data }) =>
          eventName(type) === 'view.changed' &&
          subject === person.userId &&
          'resource' in data &&
          data.resource === 'profile',
      ).length
    const at = inMinutes(-1)
    for (let n = 0; n < 10; n += 1) await tried({ reminderId: uuidv7(), at })
    await tried({ reminderId: uuidv7(), at, error: 'last', retryAt: inMinutes(1) })
    await allPublished()
    // The new channel, one that went well, the one that did not.
    expect(notices()).toBe(3)
    expect((await channelIn(person, hook.id)).lastTry).toMatchObject({ error: 'last' })
  })
})

describe('a channel that nothing will ever arrive by', () => {
  test('is switched off, and that is said once, however many reminders failed', async () => {
    const person = await backend.signUp()
    const laptop = await add(person, push())
    for (const title of ['One', 'Two', 'Three']) {
      const { tried } = await reminded(person, laptop, title)
      await tried({ error: 'push.example.org answered 410', isGone: true })
    }
    const off = { isOn: false, offReason: 'push.example.org answered 410' }
    expect(await channelIn(person, laptop.id)).toMatchObject({ ...off, lastTry: { error: off.offReason } })
    const [told, ...more] = await notificationsOf(person)
    expect(told).toMatchObject({ kind: 'channel-off', taskId: null, title: '“Laptop” was switched off' })
    expect(told!.body).toMatch(/410.*add it there in the settings/)
    expect(more).toEqual([])
    const on = await person.call('PATCH', `/channels/${laptop.id}`, { isOn: true })
    expect(on.body).toMatchObject({ isOn: true, offReason: null })
  })

  test('is switched off as e-mail too, until the person switches it on', async () => {
    const person = await backend.signUp('Hal')
    const { id: taskId } = await person.createTask({ title: 'Dentist' })
    const origin = { now: new Date(), source: 'notification' } as const
    for (const reminderId of [uuidv7(), uuidv7()]) {
      const about = { reminderId, taskId, userId: person.userId, remindAt: inMinutes(-1), attempt: 1, at: inMinutes(0) }
      const bounced = { ...about, channel: 'email' as const, error: '550 5.1.1 nobody', retryAt: null, isGone: true }
      await backend.deliver(createEvent('reminder.failed', taskId, bounced, origin))
    }
    expect(await channelIn(person, 'email')).toMatchObject({ isOn: false, offReason: '550 5.1.1 nobody' })
    expect((await person.call('GET', '/me')).body).toMatchObject({ emailReminders: false })
    expect(await notificationsOf(person)).toMatchObject([
      { kind: 'channel-off', title: 'E-mail was switched off', body: expect.stringMatching(/hal-.*550 5\.1\.1/) },
    ])
    await person.call('PATCH', '/me', { emailReminders: true })
    expect(await channelIn(person, 'email')).toMatchObject({ isOn: true, offReason: null })
  })
})
