import { expect, test } from 'vitest'
import type { Delivery } from '@todo/model/api'
import type { Task } from '@todo/model/task'
import { pollUntil } from '@todo/platform/testing/poll-until'
import type { App } from './mode.ts'
import { beforeAll } from './shared-app.ts'
import { inMs } from './support/days.ts'
import type { Fate } from './support/mail-server.ts'
import type { Person } from './support/person.ts'

let app: App
beforeAll(({ sharedApp }) => {
  app = sharedApp
})

const remind = (person: Person, title: string, extra: Record<string, unknown> = {}) =>
  person.createTask({ title, reminders: [{ kind: 'absolute', at: inMs(0) }], ...extra })

/** The delivery log of its mails, the first try first. */
async function tries(person: Person, task: Task): Promise<Delivery[]> {
  const { items } = await person.ok('GET', `/tasks/${task.id}/deliveries`)
  return items
    .filter(({ channel }: Delivery) => channel === 'email')
    .toSorted((a: Delivery, b: Delivery) => a.attempt - b.attempt)
}

function tried(person: Person, task: Task, times: number): Promise<Delivery[]> {
  const enough = async () => {
    const log = await tries(person, task)
    return log.length >= times && log
  }
  return pollUntil(enough, { timeoutMs: 15_000, what: `try ${times}` })
}

async function personWithMail(name: string, fate: Fate = 'taken'): Promise<Person> {
  const person = await app.signUp(name)
  app.smtp.fates.set(person.email, fate)
  return person
}

test('a mail arrives once, as text and HTML, with a link that leads to the task', async () => {
  const lisa = await app.signUp('Lisa', { timeZone: 'Europe/Berlin', locale: 'de-DE' })
  const title = 'Käse & <b>Brot</b> für “Ömer” 🧀'
  const task = await remind(lisa, title, { due: { date: '2040-06-01', time: '18:00' } })
  const mail = await app.smtp.received(lisa.email)
  expect(mail.subject).toBe(`Reminder: ${title}`)
  expect(mail.text).toContain(title)
  expect(mail.text).toContain('1. Juni 2040')
  expect(mail.text).toContain('18:00')
  expect(mail.html).toContain('Käse &amp; &lt;b&gt;Brot&lt;/b&gt;')
  const links = [/https?:\/\/\S+/.exec(mail.text!)?.[0], /href="([^"]+)"/.exec(String(mail.html))?.[1]]
  expect(new Set(links).size).toBe(1)
  const link = new URL(links[0]!)
  expect(link.origin).toBe(app.url)
  expect((await lisa.task(link.searchParams.get('task')!)).title).toBe(title)
  const page = await fetch(link)
  expect([200, 404], 'a screen of the web app, where it has been built').toContain(page.status)
  expect(await tried(lisa, task, 1)).toMatchObject([{ status: 'delivered', attempt: 1, error: null }])
  await remindAgainAndReceive(lisa)
  expect(app.smtp.to(lisa.email)).toHaveLength(2)
})

async function remindAgainAndReceive(person: Person): Promise<void> {
  await remind(person, 'Another')
  await pollUntil(() => app.smtp.to(person.email).some(({ subject }) => subject === 'Reminder: Another'))
}

test('a mail that is refused for now is tried again and arrives once; the delivery log shows both', async () => {
  const rui = await personWithMail('Rui', 'refused for now')
  const task = await remind(rui, 'Second try')
  const [first] = await tried(rui, task, 1)
  expect(first).toMatchObject({ status: 'retrying', attempt: 1, error: expect.stringContaining('Try again later') })
  const waitMs = Date.parse(first!.retryAt!) - Date.parse(first!.at)
  expect(waitMs).toBeGreaterThan(0)
  expect(waitMs).toBeLessThan(60_000)
  app.smtp.fates.set(rui.email, 'taken')
  const log = await tried(rui, task, 2)
  expect(log[1]).toMatchObject({ status: 'delivered', attempt: 2, error: null })
  expect(Date.parse(log[1]!.at)).toBeGreaterThanOrEqual(Date.parse(first!.retryAt!))
  expect(app.smtp.to(rui.email)).toHaveLength(1)
})

test('a mail that waits for another try is not sent once its task is done, or mails are switched off', async () => {
  const [ida, ole, may] = await Promise.all(
    ['Ida', 'Ole', 'May'].map((name) => personWithMail(name, 'refused for now')),
  )
  const people = [ida!, ole!, may!]
  const tasks = await Promise.all(people.map((person) => remind(person, 'In vain')))
  await Promise.all(people.map((person, index) => tried(person, tasks[index]!, 1)))
  for (const { email } of people) app.smtp.fates.set(email, 'taken')
  await ida!.complete(tasks[0]!)
  await ole!.ok('PATCH', '/channels/email', { isOn: false })
  expect((await tried(may!, tasks[2]!, 2))[1]).toMatchObject({ status: 'delivered' })
  for (const [person, task, why] of [
    [ida!, tasks[0]!, 'its task is over'],
    [ole!, tasks[1]!, 'the channel was switched off'],
  ] as const) {
    expect((await tried(person, task, 2))[1]).toMatchObject({ error: expect.stringContaining(why) })
    expect(app.smtp.to(person.email)).toEqual([])
    const { items } = await person.ok('GET', '/notifications')
    expect(items.map(({ kind }: { kind: string }) => kind)).toEqual(['reminder'])
  }
})

test('a mail that is refused for good is given up, the person is told in the app, and the operator has a dead letter', async () => {
  const gus = await personWithMail('Gus', 'refused for good')
  const before = await deadLetters()
  const task = await remind(gus, 'Nobody home')
  expect(await tried(gus, task, 1)).toMatchObject([{ status: 'failed', attempt: 1, retryAt: null }])
  const told = async () => {
    const { items } = await gus.ok('GET', '/notifications')
    return items.find(({ kind }: { kind: string }) => kind === 'delivery-failed')
  }
  expect(await pollUntil(told)).toMatchObject({
    title: 'Nobody home',
    body: expect.stringContaining('No such mailbox'),
  })
  expect(app.smtp.tries.filter((address) => address === gus.email)).toHaveLength(1)
  await pollUntil(async () => (await deadLetters()) > before, { what: 'a dead letter of notification' })
})

/** Of notification, as each of its replicas tells the operator. */
async function deadLetters(): Promise<number> {
  const told = (await app.metrics()).filter(({ name }) => name === 'todo_dead_letters')
  return Math.max(0, ...told.filter(({ labels }) => labels.consumer === 'notification').map(({ value }) => value))
}

test('while the mail server is away mails wait, reminders still show in the app, and all arrive when it is back', async () => {
  const eva = await app.signUp('Eva')
  await app.smtp.stop()
  const task = await remind(eva, 'Patience')
  const [first] = await tried(eva, task, 1)
  expect(first).toMatchObject({ status: 'retrying', error: expect.stringMatching(/ECONNREFUSED|closed/i) })
  await pollUntil(async () => (await eva.ok('GET', '/notifications')).items.length > 0)
  await app.smtp.start()
  expect((await tried(eva, task, 2))[1]).toMatchObject({ status: 'delivered', attempt: 2 })
  expect(app.smtp.to(eva.email)).toHaveLength(1)
})
