import { afterAll, expect, test } from 'vitest'
import type { Delivery } from '@todo/model/api'
import type { Channel, CreatedChannel } from '@todo/model/channels'
import type { Task } from '@todo/model/task'
import { NtfyServer } from '@todo/platform/testing/ntfy-server'
import { pollUntil } from '@todo/platform/testing/poll-until'
import { PushService } from '@todo/platform/testing/push-service'
import { WebhookReceiver } from '@todo/platform/testing/webhook-receiver'
import type { App } from './mode.ts'
import { beforeAll } from './shared-app.ts'
import { inMs } from './support/days.ts'
import type { Person } from './support/person.ts'

const [push, hooks, ntfy] = [new PushService(), new WebhookReceiver(), new NtfyServer()]
let app: App
beforeAll(async ({ sharedApp }) => {
  await Promise.all([push.start(), hooks.start(), ntfy.start()])
  app = sharedApp
})
afterAll(async () => {
  await Promise.all([push.stop(), hooks.stop(), ntfy.stop()])
})

/** A browser that is signed up for push, with the key that the app tells. */
async function addBrowser(person: Person) {
  const { pushKey } = await person.ok('GET', '/channels')
  const browser = push.subscribe(pushKey)
  const channel: CreatedChannel = await person.ok('POST', '/channels', { kind: 'web-push', name: 'Phone', ...browser })
  return { browser, channel, path: new URL(browser.endpoint).pathname }
}

let paths = 0
async function addHook(person: Person) {
  const path = `/hook-${(paths += 1)}`
  const channel: CreatedChannel = await person.ok('POST', '/channels', {
    kind: 'webhook',
    name: 'Home',
    url: hooks.url + path,
  })
  hooks.expect(path, channel.secret!)
  return { path, channel }
}

const remind = (person: Person, title: string): Promise<Task> =>
  person.createTask({ title, reminders: [{ kind: 'absolute', at: inMs(0) }] })

async function channelOf(person: Person, id: string): Promise<Channel> {
  const { items } = await person.ok('GET', '/channels')
  return items.find((one: Channel) => one.id === id)
}

test('a reminder arrives once by web push, webhook and ntfy, and the log says so', async () => {
  const ada = await app.signUp()
  const [{ browser }, { path }] = [await addBrowser(ada), await addHook(ada)]
  await ada.ok('POST', '/channels', { kind: 'ntfy', name: 'Watch', server: ntfy.url, topic: 'ada', token: null })
  const task = await remind(ada, 'Water the plants')
  const arrived = () => push.of(browser).length > 0 && hooks.at(path).length > 0 && ntfy.of('ada').length > 0
  await pollUntil(arrived, { what: 'all three' })
  expect(push.of(browser)).toMatchObject([{ payload: { kind: 'reminder', title: task.title, taskId: task.id } }])
  expect(hooks.at(path)).toMatchObject([{ body: { type: 'reminder.due', data: { taskId: task.id } } }])
  expect(ntfy.of('ada')).toMatchObject([{ title: task.title, click: `${app.url}/all?task=${task.id}` }])
  // Mails have stories of their own: one may need a second try, where the line to the mail server has just ended.
  const logged = async () => {
    const items: Delivery[] = (await ada.ok('GET', `/tasks/${task.id}/deliveries`)).items
    const lines = items
      .filter(({ channel }) => channel !== 'email')
      .map(({ channel, status }) => `${channel} ${status}`)
    return lines.length === 4 && lines.toSorted()
  }
  expect(await pollUntil(logged, { what: 'four lines' })).toEqual([
    'in-app delivered',
    'ntfy delivered',
    'web-push delivered',
    'webhook delivered',
  ])
})

test('a channel that is tested says what became of it', async () => {
  const ada = await app.signUp()
  const { path, channel } = await addHook(ada)
  hooks.setFate(path, { status: 500 }, 'taken')
  const results = []
  for (const wanted of ['answered 500', null]) {
    await ada.ok('POST', `/channels/${channel.id}/test`)
    const result = async () => {
      const { lastTry } = await channelOf(ada, channel.id)
      return lastTry !== null && (wanted ? lastTry.error?.includes(wanted) : lastTry.error === null) && lastTry
    }
    results.push(await pollUntil(result, { what: String(wanted) }))
  }
  expect(hooks.at(path)).toMatchObject([{ body: { type: 'test' } }])
  expect(hooks.triesOf(path)).toHaveLength(2)
})

test('a browser that has ended its subscription is switched off, with a notice, and gets nothing more', async () => {
  const ada = await app.signUp()
  const { path, channel } = await addBrowser(ada)
  push.setFate(path, { status: 410 })
  await remind(ada, 'First')
  const off = async () => {
    const now = await channelOf(ada, channel.id)
    return !now.isOn && now
  }
  expect((await pollUntil(off)).offReason).toContain('410')
  const { items } = await ada.ok('GET', '/notifications')
  expect(items.filter(({ kind }: { kind: string }) => kind === 'channel-off')).toHaveLength(1)
  await remind(ada, 'Second')
  await app.smtp.received(ada.email)
  await pollUntil(() => app.smtp.to(ada.email).length === 2)
  expect(push.triesOf(path)).toHaveLength(1)
})

test('an endpoint that fails is tried again under the same id; the others do not wait for it', async () => {
  const ada = await app.signUp()
  const [{ path }, { browser }] = [await addHook(ada), await addBrowser(ada)]
  hooks.setFate(path, { status: 503 }, 'taken')
  await remind(ada, 'Second try')
  await pollUntil(() => push.of(browser).length === 1)
  await pollUntil(() => hooks.at(path).length === 1, { timeoutMs: 15_000 })
  expect(new Set(hooks.triesOf(path).map(({ headers }) => headers['webhook-id'])).size).toBe(1)
})
