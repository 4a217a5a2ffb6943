// @module-tag slow
import { expect, test } from 'vitest'
import { eventName } from '@todo/model/events'
import type { TodoEvent } from '@todo/model/events'
import { pollUntil } from '@todo/platform/testing/poll-until'
import type { App } from './mode.ts'
import { beforeAll } from './shared-app.ts'
import { day } from './support/days.ts'
import { makeItDigestHour } from './support/digest-hour.ts'
import type { Person } from './support/person.ts'

let app: App
beforeAll(({ sharedApp }) => {
  app = sharedApp
})

/** Somebody whose hour of the digest is now, with a task for today. */
async function atTheirHour(name: string): Promise<Person> {
  const person = await app.signUp(name)
  await person.createTask({ title: 'Water the plants', due: { date: day(0) } })
  await makeItDigestHour(app, person)
  return person
}

async function digestsOf(person: Person): Promise<TodoEvent<'digest.due'>[]> {
  const { id } = await person.ok('GET', '/me')
  return (await app.events()).filter((event) => eventName(event.type) === 'digest.due' && event.subject === id)
}

const firstDigest = (person: Person) =>
  pollUntil(async () => (await digestsOf(person))[0], { timeoutMs: 20_000, what: 'a digest' })

test('at the hour of a person their day is told, once', async () => {
  const ada = await atTheirHour('Ada')
  const { data } = await firstDigest(ada)
  expect(data.due).toMatchObject({ count: 1, tasks: [{ title: 'Water the plants' }] })
  expect(data.recipient).toMatchObject({ email: ada.email, channels: ['email'] })
  await firstDigest(await atTheirHour('Bob'))
  expect(await digestsOf(ada)).toHaveLength(1)
}, 60_000)

test('the link in a digest ends it, without a session, and opening it alone does not', async () => {
  const eve = await atTheirHour('Eve')
  const { recipient } = (await firstDigest(eve)).data
  const link = `${app.url}/api/v1/unsubscribe?token=${encodeURIComponent(recipient.unsubscribe!)}`
  const opened = await fetch(link, { redirect: 'manual' })
  expect([opened.status, opened.headers.get('location')]).toEqual([
    302,
    expect.stringMatching(/^\/unsubscribe\?token=digest\./),
  ])
  expect((await eve.ok('GET', '/me')).digestAt).not.toBeNull()
  const body = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' })
  const ended = await fetch(link, { method: 'POST', body })
  expect([ended.status, await ended.text()]).toEqual([200, expect.stringContaining('no more daily digests')])
  expect(await eve.ok('GET', '/me')).toMatchObject({ digestAt: null, emailReminders: true })
}, 60_000)
