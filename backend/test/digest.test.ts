import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { eventName } from '@todo/model/events'
import type { TodoEvent } from '@todo/model/events'
import { createLog } from '@todo/platform/log'
import { verifyText } from '@todo/platform/seal'
import { createUnitOfWork } from '../src/context.ts'
import { makeDueDigests } from '../src/digests/digest-rounds.ts'
import { createBackend, SECRET } from './harness.ts'
import type { Client, TestBackend } from './harness.ts'
import { ReminderClock } from './reminder-clock.ts'

let backend: TestBackend
let clock: ReminderClock
beforeAll(async () => {
  backend = await createBackend()
  clock = new ReminderClock(backend)
})
afterEach(() => backend.setNow(null))
afterAll(() => backend.close())

/** One round of so many replicas, at a time. */
async function roundAt(time: string, days = 0, replicas = 1): Promise<void> {
  clock.turnTo(time, days)
  const log = createLog('backend', 'silent')
  const now = () => new Date(clock.at(time, days))
  const round = () => {
    const relay = { wake: () => {} }
    const unitOfWork = createUnitOfWork({ database: backend.testDatabase.database, relay, now, log })
    return makeDueDigests(unitOfWork, { rules: { secret: SECRET, wantsConfirmed: false }, log })
  }
  await Promise.all(Array.from({ length: replicas }, round))
  await clock.untilPublished()
}

const digests = (person: Client) =>
  backend.published.filter(
    (event) => event.subject === person.userId && eventName(event.type) === 'digest.due',
  ) as unknown as TodoEvent<'digest.due'>[]
const days = (person: Client) => digests(person).map(({ data }) => data.day)
const dayOf = (offset: number) => clock.at('00:00', offset).slice(0, 10)
const due = (date: string, time: string | null = null) => ({ date, time, timeZone: time && 'UTC' })

/** Somebody with a digest at seven from tomorrow on, and a task that is late for good. */
async function signUp(profile: Record<string, unknown> = {}): Promise<Client> {
  clock.turnTo('00:00')
  const person = await clock.signUp({ digestAt: '07:00', ...profile })
  await person.createTask({ title: 'Late', due: due(dayOf(-3)) })
  return person
}

test('a digest comes at the hour of the person, once a day, however many replicas there are', async () => {
  const person = await signUp()
  await roundAt('06:59')
  expect(days(person)).toEqual([])
  await roundAt('07:00', 0, 4)
  await roundAt('07:10')
  expect(days(person)).toEqual([dayOf(0)])
  await roundAt('07:00', 1)
  expect(days(person)).toEqual([dayOf(0), dayOf(1)])
})

test('it says what is overdue, due today and was done yesterday, and carries what a mail needs', async () => {
  const person = await signUp()
  const create = (title: string, input: object) => person.createTask({ title, ...input })
  await create('This morning', { due: due(dayOf(1), '06:30') })
  await create('All day', { due: due(dayOf(1)) })
  await create('This evening', { due: due(dayOf(1), '23:59') })
  await create('Tomorrow', { due: due(dayOf(2)) })
  await create('No day', {})
  const binned = await create('In the bin', { due: due(dayOf(1)) })
  await person.call('DELETE', `/tasks/${binned.id}`)
  const list = (await person.call('POST', '/lists', { name: 'Gone' })).body.id
  await create('In a list in the bin', { due: due(dayOf(1)), listId: list })
  await person.call('DELETE', `/lists/${list}`)
  const done = await create('Done', { due: due(dayOf(1)) })
  const skipped = await create('Skipped', { due: due(dayOf(0)), recurrence: { rule: 'FREQ=YEARLY' } })
  clock.turnTo('12:00')
  await person.call('POST', `/tasks/${done.id}/complete`)
  await person.call('POST', `/tasks/${skipped.id}/skip`)
  clock.turnTo('00:30', 1)
  const today = await create('Done today', {})
  await person.call('POST', `/tasks/${today.id}/complete`)
  await roundAt('07:00', 1)
  const { data } = digests(person).at(-1)!
  const titles = (part: 'overdue' | 'due' | 'done') => data[part].tasks.map(({ title }) => title)
  expect([titles('overdue'), titles('due'), titles('done')]).toEqual([
    ['Late', 'This morning'],
    ['This evening', 'All day'],
    ['Done'],
  ])
  expect([data.overdue.count, data.due.count, data.done.count]).toEqual([2, 2, 1])
  expect(data.due.tasks[0]!.due).toEqual(due(dayOf(1), '23:59'))
  expect(data.recipient).toMatchObject({ name: 'Nia', timeZone: 'UTC', channels: ['email'] })
  const signed = verifyText(data.recipient.unsubscribe!, { secret: SECRET, purpose: 'unsubscribe' })
  expect(signed).toBe(`digest.${person.userId}`)
})

test('of many tasks it has the first twenty, and says how many there are', async () => {
  const person = await signUp()
  for (let count = 0; count < 22; count += 1) await person.createTask({ title: `Task ${count}`, due: due(dayOf(0)) })
  await roundAt('07:00')
  const { data } = digests(person)[0]!
  expect([data.due.count, data.due.tasks.length]).toEqual([22, 20])
})

test('with nothing to say, without mails, and for who wants none any more, there is none', async () => {
  clock.turnTo('00:00')
  const idle = await clock.signUp({ digestAt: '07:00' })
  const silent = await signUp({ emailReminders: false })
  const former = await signUp()
  await former.call('PATCH', '/me', { digestAt: null })
  await roundAt('07:00')
  for (const person of [idle, silent, former]) expect(days(person)).toEqual([])
  await silent.call('PATCH', '/me', { emailReminders: true })
  await roundAt('07:00', 1)
  expect(days(silent)).toEqual([dayOf(1)])
})

test('without mails it goes by the channels that the person has added', async () => {
  const person = await signUp({ emailReminders: false })
  await person.createTask({ title: 'Due', due: due(dayOf(0)) })
  const hook = { kind: 'webhook', name: 'Home', url: 'https://hooks.example.org/digest' }
  const { id: channelId } = (await person.call('POST', '/channels', hook)).body
  await roundAt('07:00')
  const { recipient } = digests(person)[0]!.data
  expect(recipient).toMatchObject({ channels: [], endpoints: [{ channelId, kind: 'webhook' }] })
})

test('another hour, and another zone, count from the next one on', async () => {
  const person = await signUp()
  await person.call('PATCH', '/me', { digestAt: '09:00' })
  await roundAt('07:00')
  expect(days(person)).toEqual([])
  // Nine in the morning at 07:00 UTC.
  await person.call('PATCH', '/me', { timeZone: 'Etc/GMT-2' })
  await roundAt('06:59', 1)
  expect(days(person)).toEqual([])
  await roundAt('07:00', 1)
  expect(days(person)).toEqual([dayOf(1)])
})

test.each([{ digestAt: '07:00' }, { digestAt: '06:30' }, { timeZone: 'UTC' }])(
  'one whose hour has just come is made, also when %j is saved at that moment',
  async (patch) => {
    const person = await signUp()
    clock.turnTo('07:00')
    expect(await person.call('PATCH', '/me', patch)).toMatchObject({ status: 200 })
    await roundAt('07:00')
    await roundAt('07:00', 0, 2)
    expect(days(person)).toEqual([dayOf(0)])
    await roundAt('07:00', 1)
    expect(days(person)).toEqual([dayOf(0), dayOf(1)])
  },
)

test('a name of somebody is no reason to send it again', async () => {
  const person = await signUp()
  await roundAt('07:00')
  await person.call('PATCH', '/me', { name: 'Nina' })
  await roundAt('07:01')
  expect(days(person)).toEqual([dayOf(0)])
})

test('after an outage it is late by up to six hours, then it is left out, and the next one comes at its time', async () => {
  const [late, tooLate] = [await signUp({ digestAt: '07:00' }), await signUp({ digestAt: '06:59' })]
  await roundAt('13:00')
  expect([days(late), days(tooLate)]).toEqual([[dayOf(0)], []])
  await roundAt('07:00', 1)
  expect([days(late), days(tooLate)]).toEqual([[dayOf(0), dayOf(1)], [dayOf(1)]])
})
