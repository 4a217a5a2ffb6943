import { v7 as uuidv7 } from 'uuid'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { eventName } from '@todo/model/events'
import type { EventData } from '@todo/model/events'
import { unsubscribeToken } from '../src/channels/unsubscribe-token.ts'
import { askForAddress, newAddress, signUpWithMail } from './account-link-samples.ts'
import { add, channelIn, channelTried, notificationsOf, ntfy, push, webhook } from './channel-samples.ts'
import { createBackend, SECRET } from './harness.ts'
import type { Client, TestBackend } from './harness.ts'

let backend: TestBackend
beforeAll(async () => {
  backend = await createBackend()
})
afterAll(() => backend.close())

const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString()

/** The channels to which nothing goes any more that was said to this person before. */
const stopped = ({ userId }: Client): string[] =>
  backend.published
    .filter(({ type }) => eventName(type) === 'channel.stopped')
    .map(({ data }) => data as EventData<'channel.stopped'>)
    .filter((data) => data.userId === userId)
    .map(({ channelId }) => channelId)

describe('what was said before is not taken any more', () => {
  test('to an endpoint that is switched off, or removed', async () => {
    const person = await backend.signUp()
    const [phone, hook] = [await add(person, ntfy('mine')), await add(person, webhook())]
    await person.call('PATCH', `/channels/${phone.id}`, { name: 'My phone' })
    await person.call('PATCH', `/channels/${hook.id}`, { isOn: true })
    await person.call('PATCH', `/channels/${phone.id}`, { isOn: false })
    await person.call('DELETE', `/channels/${hook.id}`)
    await expect.poll(() => stopped(person)).toEqual([phone.id, hook.id])
  })

  test('to a browser where somebody else signed in', async () => {
    const [ada, eve] = [await backend.signUp('Ada'), await backend.signUp('Eve')]
    const browser = push()
    const { id } = await add(ada, browser)
    await add(eve, browser)
    await expect.poll(() => stopped(ada)).toEqual([id])
    expect(stopped(eve)).toEqual([])
  })

  test('by mail, where that is switched off in the settings or by the link of a mail', async () => {
    const [ada, eve] = [await backend.signUp('Ada'), await backend.signUp('Eve')]
    await ada.call('PATCH', '/channels/email', { isOn: false })
    const url = `/api/v1/unsubscribe?token=${encodeURIComponent(unsubscribeToken('reminders', eve.userId, SECRET))}`
    expect((await backend.app.inject({ method: 'POST', url })).statusCode).toBe(200)
    await expect.poll(() => [stopped(ada), stopped(eve)]).toEqual([['email'], ['email']])
  })

  test('of digests, where they are switched off in the settings or by the link of a mail', async () => {
    const [ada, eve] = [await backend.signUp('Ada'), await backend.signUp('Eve')]
    await ada.call('PATCH', '/me', { digestAt: '07:00' })
    await ada.call('PATCH', '/me', { digestAt: null })
    const url = `/api/v1/unsubscribe?token=${encodeURIComponent(unsubscribeToken('digest', eve.userId, SECRET))}`
    expect((await backend.app.inject({ method: 'POST', url })).statusCode).toBe(200)
    await expect.poll(() => [stopped(ada), stopped(eve)]).toEqual([['digest'], ['digest']])
  })

  test('by a channel that takes nothing any more', async () => {
    const person = await backend.signUp()
    const { id: channelId } = await add(person, webhook())
    await backend.deliver(channelTried(person, { channelId, error: 'it takes nothing any more', isGone: true }))
    await expect.poll(() => stopped(person)).toEqual([channelId])
  })

  test('to an address that was exchanged for another', async () => {
    const person = await signUpWithMail(backend)
    expect((await askForAddress(person, newAddress())).status).toBe(200)
    await expect.poll(() => stopped(person)).toEqual(['email'])
  })
})

test('that nothing arrives by a channel that is switched off or removed is no news', async () => {
  const person = await backend.signUp()
  const { id: taskId } = await person.createTask({ title: 'Dentist' })
  const remindAt = new Date().toISOString()
  const fails = (channelId: string, kind: string) => {
    const about = { about: 'reminder', taskId, reminderId: uuidv7(), remindAt, error: 'not sent', retryAt: null }
    return backend.deliver(channelTried(person, { channelId, kind, ...about }))
  }
  const [phone, hook] = [await add(person, ntfy('mine')), await add(person, webhook())]
  await person.call('PATCH', `/channels/${phone.id}`, { isOn: false })
  await person.call('DELETE', `/channels/${hook.id}`)
  await person.call('PATCH', '/channels/email', { isOn: false })
  for (const [id, kind] of [
    [phone.id, 'ntfy'],
    [hook.id, 'webhook'],
    ['email', 'email'],
  ] as const) {
    await fails(id, kind)
  }
  expect(await notificationsOf(person)).toEqual([])
  expect((await person.call('GET', `/tasks/${taskId}/deliveries`)).body.items).toHaveLength(3)
})

describe('what waits for another try elsewhere', () => {
  /** A task that rang, and a try at telling so that failed for now. */
  async function triedInVain(
    person: Client,
    { listId, retryAt = inMinutes(5) }: { listId?: string; retryAt?: string } = {},
  ) {
    const reminders = [{ kind: 'absolute', at: inMinutes(60) }]
    const { id: taskId } = await person.createTask({ title: 'Dentist', reminders, ...(listId && { listId }) })
    const about = { about: 'reminder', taskId, reminderId: uuidv7(), remindAt: inMinutes(-1) }
    const hook = await add(person, webhook())
    await backend.deliver(channelTried(person, { channelId: hook.id, ...about, error: '503', retryAt }))
    return taskId
  }

  const heard = (taskId: string): boolean[] =>
    backend.published
      .filter(({ type, subject }) => eventName(type) === 'reminder.heard' && subject === taskId)
      .map(({ data }) => (data as EventData<'reminder.heard'>).isHeard)

  test('is called off once its task is done, and is wanted again where that is taken back', async () => {
    const person = await backend.signUp()
    const taskId = await triedInVain(person)
    await person.call('POST', `/tasks/${taskId}/complete`)
    await expect.poll(() => heard(taskId)).toEqual([true])
    await person.call('POST', `/tasks/${taskId}/reopen`)
    await expect.poll(() => heard(taskId)).toEqual([true, false])
    const { reminders } = (await person.call('GET', `/tasks/${taskId}`)).body
    await person.call('PATCH', `/tasks/${taskId}`, { reminders: [] })
    await expect.poll(() => heard(taskId)).toEqual([true, false, true])
    await person.call('PATCH', `/tasks/${taskId}`, { reminders })
    await expect.poll(() => heard(taskId)).toEqual([true, false, true, false])
  })

  test('is called off also where it is late, and not where it has arrived', async () => {
    const person = await backend.signUp()
    const late = await triedInVain(person, { retryAt: inMinutes(-30) })
    await person.call('POST', `/tasks/${late}/complete`)
    await expect.poll(() => heard(late)).toEqual([true])
    const { id: taskId } = await person.createTask({ reminders: [{ kind: 'absolute', at: inMinutes(60) }] })
    const about = { about: 'reminder', taskId, reminderId: uuidv7(), remindAt: inMinutes(-1) }
    const { id: channelId } = await add(person, webhook())
    await backend.deliver(channelTried(person, { channelId, ...about, error: '503', retryAt: inMinutes(5) }))
    await backend.deliver(channelTried(person, { channelId, ...about, attempt: 2 }))
    await person.call('POST', `/tasks/${taskId}/complete`)
    await backend.event('task.completed', taskId)
    expect(heard(taskId)).toEqual([])
  })

  test('is called off as well where the try is heard of after the task was done', async () => {
    const person = await backend.signUp()
    const { id: taskId } = await person.createTask({ reminders: [{ kind: 'absolute', at: inMinutes(60) }] })
    await person.call('POST', `/tasks/${taskId}/complete`)
    const about = { about: 'reminder', taskId, reminderId: uuidv7(), remindAt: inMinutes(-1) }
    const hook = await add(person, webhook())
    await backend.deliver(channelTried(person, { channelId: hook.id, ...about, error: '503', retryAt: inMinutes(5) }))
    await expect.poll(() => heard(taskId)).toEqual([true])
  })

  test('and was kept back is wanted again where the task is open by then, and not where its list is in the bin', async () => {
    const person = await backend.signUp()
    const list = (await person.call('POST', '/lists', { name: 'In the bin' })).body
    const keptBack = async (listId: string) => {
      const reminders = [{ kind: 'absolute', at: inMinutes(60) }]
      const { id: taskId } = await person.createTask({ reminders, listId })
      return {
        taskId,
        reminderId: uuidv7(),
        about: 'reminder',
        remindAt: inMinutes(-1),
        kind: 'email',
        isCalledOff: true,
      }
    }
    const { inboxId } = (await person.call('GET', '/me')).body
    const [open, binned] = [await keptBack(inboxId), await keptBack(list.id)]
    await person.call('DELETE', `/lists/${list.id}`)
    for (const tried of [open, binned]) {
      await backend.deliver(
        channelTried(person, { channelId: 'email', ...tried, error: 'not sent', retryAt: inMinutes(5) }),
      )
    }
    await expect.poll(() => heard(open.taskId)).toEqual([false])
    expect(heard(binned.taskId)).toEqual([])
  })

  test('is called off with its list', async () => {
    const person = await backend.signUp()
    const list = (await person.call('POST', '/lists', { name: 'Short-lived' })).body
    const taskId = await triedInVain(person, { listId: list.id })
    const done = await triedInVain(person, { listId: list.id })
    await person.call('POST', `/tasks/${done}/complete`)
    await person.call('DELETE', `/lists/${list.id}`)
    await expect.poll(() => heard(taskId)).toEqual([true])
    await person.call('POST', `/lists/${list.id}/restore`)
    await expect.poll(() => heard(taskId)).toEqual([true, false])
    // With its list comes back what was there to be done.
    expect(heard(done)).toEqual([true])
  })

  test('is nothing for most tasks, of which nobody else hears anything then', async () => {
    const person = await backend.signUp()
    const { id } = await person.createTask({ reminders: [{ kind: 'absolute', at: inMinutes(60) }] })
    await person.call('POST', `/tasks/${id}/complete`)
    await backend.event('task.completed', id)
    expect(heard(id)).toEqual([])
  })

  test('and is called off stands in the log of the task, and nowhere else', async () => {
    const person = await backend.signUp()
    const taskId = await triedInVain(person)
    const about = { about: 'reminder', taskId, reminderId: uuidv7(), remindAt: inMinutes(-1) }
    const hook = await add(person, webhook())
    const error = 'not sent: its task is over, or reminds no more'
    await backend.deliver(channelTried(person, { channelId: hook.id, ...about, error, isCalledOff: true }))
    const { items } = (await person.call('GET', `/tasks/${taskId}/deliveries`)).body
    expect(items).toContainEqual(expect.objectContaining({ status: 'failed', error }))
    expect((await channelIn(person, hook.id)).lastTry).toBeNull()
    expect(await notificationsOf(person)).toEqual([])
  })
})
