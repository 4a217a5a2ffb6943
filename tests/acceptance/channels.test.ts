import { expect, test } from 'vitest'
import type { Channel, CreatedChannel } from '@todo/model/channels'
import type { TodoEvent } from '@todo/model/events'
import { pollUntil } from '@todo/platform/testing/poll-until'
import type { App } from './mode.ts'
import { beforeAll } from './shared-app.ts'
import { inMs } from './support/days.ts'
import { untilLive } from './support/live.ts'
import type { Person } from './support/person.ts'

let app: App
beforeAll(({ sharedApp }) => {
  app = sharedApp
})

const webhook = (name: string) => ({
  kind: 'webhook',
  name,
  url: `https://hooks.nowhere.invalid/out-of-sight/${encodeURIComponent(name)}`,
})

async function channel(person: Person, id: string): Promise<Channel> {
  const { items } = await person.ok('GET', '/channels')
  return items.find((one: Channel) => one.id === id)
}

async function reminded(person: Person, title: string): Promise<TodoEvent<'reminder.due'>> {
  const task = await person.createTask({ title, reminders: [{ kind: 'absolute', at: inMs(0) }] })
  const inApp = async () =>
    (await person.ok('GET', '/notifications')).items.some(({ taskId }: { taskId: string }) => taskId === task.id)
  await pollUntil(inApp, { what: 'the reminder in the app' })
  const isIts = (event: TodoEvent) => event.type === 'todo.reminder.due.v1' && event.subject === task.id
  return pollUntil(async () => (await app.events()).find(isIts))
}

test('a test in the app is there at once, and shows as the last result in every open tab', async () => {
  const ada = await app.signUp()
  await untilLive(app)
  const tab = await (await ada.otherSession()).openStream()
  const { testId } = await ada.ok('POST', '/channels/in-app/test')
  expect((await ada.ok('GET', '/notifications')).items).toMatchObject([{ id: testId, kind: 'test' }])
  expect((await channel(ada, 'in-app')).lastTry).toMatchObject({ error: null })
  await tab.next(({ name, data }) => name === 'view.changed' && data.resource === 'notifications')
  await tab.next(({ name, data }) => name === 'view.changed' && data.resource === 'profile')
  tab.close()
})

test('what is added is told of each reminder, sealed, until it is switched off or removed', async () => {
  const eva = await app.signUp('Eva')
  const added: CreatedChannel[] = []
  for (const name of ['on', 'off', 'gone']) added.push(await eva.ok('POST', '/channels', webhook(name)))
  const [on, off, gone] = added
  await eva.ok('PATCH', `/channels/${off!.id}`, { isOn: false })
  await eva.ok('DELETE', `/channels/${gone!.id}`)
  const { data } = await reminded(eva, 'Sealed')
  expect(data.recipient.endpoints?.map(({ channelId }) => channelId)).toEqual([on!.id])
  const said = JSON.stringify([await app.events(), app.said(), await eva.ok('GET', '/channels')])
  expect(said).toContain(on!.id)
  expect(said).not.toContain('out-of-sight')
  for (const { secret } of added) expect(said).not.toContain(secret!.slice('whsec_'.length))
})

test('what is added with one key is one, and its secret is told to whoever asked', async () => {
  const eva = await app.signUp('Eva')
  const headers = { 'idempotency-key': 'an answer that was lost' }
  const first = await eva.ok('POST', '/channels', webhook('once'), headers)
  expect(await eva.ok('POST', '/channels', webhook('once'), headers)).toEqual(first)
  expect((await eva.ok('GET', '/channels')).items).toHaveLength(3)
  expect(await eva.ok('POST', '/channels', webhook('once'))).toMatchObject({ id: first.id, secret: null })
})

test('with e-mail switched off, a reminder is in the app and no mail is sent', async () => {
  const eva = await app.signUp('Eva')
  await eva.ok('PATCH', '/channels/email', { isOn: false })
  expect((await reminded(eva, 'Quiet')).data.recipient.channels).toEqual([])
  await eva.ok('PATCH', '/channels/email', { isOn: true })
  await reminded(eva, 'Loud')
  await pollUntil(() => app.smtp.to(eva.email).length > 0)
  expect(app.smtp.to(eva.email).map(({ subject }) => subject)).toEqual(['Reminder: Loud'])
})

test('a mailed reminder is the last result of e-mail', async () => {
  const gus = await app.signUp('Gus')
  app.smtp.fates.set(gus.email, 'refused for good')
  await reminded(gus, 'Nobody home')
  const result = async () => (await channel(gus, 'email')).lastTry
  expect(await pollUntil(result)).toMatchObject({ error: expect.stringContaining('No such mailbox') })
})
