import { expect, it } from 'vitest'
import { parseEvent } from '@todo/model/parse-event'
import type { TodoEvent } from '@todo/model/events'
import { PermanentError } from '@todo/platform/errors'
import { remindAt, serviceOfEachTest } from './endpoint-service.ts'
import { USER, channelTested, digestDue, endpointTo, webhookAt } from './messages.ts'

const { clock, hooks, newHook, service, state } = serviceOfEachTest()

const letters = () =>
  service().published.filter(({ type }) => type === 'todo.reminder.given-up.v1') as unknown as TodoEvent[]

/** A webhook that is refused until it is given up. */
async function givenUp() {
  const path = newHook()
  hooks.setFate(path, { status: 500 })
  const endpoint = webhookAt(hooks.url + path)
  const event = remindAt(endpoint)
  await service().remind(event)
  while (letters().length === 0) await service().runNextJob()
  return { path, endpoint, event, letter: letters()[0]! }
}

it('a reminder that is given up becomes a dead letter, and says after how many tries and why', async () => {
  const { event, endpoint, letter } = await givenUp()
  const { reminderId, remindAt } = event.data
  expect(letter.data).toMatchObject({
    reminderId,
    remindAt,
    channelId: endpoint.channelId,
    kind: 'webhook',
    attempt: 7,
  })
  expect(parseEvent(letter)).toMatchObject({ ok: true })
  const handled = service().handle(letter)
  await expect(handled).rejects.toThrow(/^webhook, given up after 7 tries: 127\.0\.0\.1:\d+ answered 500$/)
  await expect(handled).rejects.toBeInstanceOf(PermanentError)
  expect(JSON.stringify(letter)).not.toContain(event.data.recipient.email)
})

it('its letter that comes twice, as events do, sends nothing', async () => {
  const { letter, path } = await givenUp()
  for (const _ of [1, 2, 3]) await expect(service().handle(letter)).rejects.toBeInstanceOf(PermanentError)
  expect(hooks.triesOf(path)).toHaveLength(7)
})

it('its letter that is replayed is sent under its old id, and the person sees it', async () => {
  const { letter, path, endpoint } = await givenUp()
  await expect(service().handle(letter)).rejects.toBeInstanceOf(PermanentError)
  clock.advance(60_000)
  hooks.setFate(path, 'taken')
  await service().handle(letter)
  await service().handle(letter)
  expect(hooks.at(path)).toHaveLength(1)
  expect(new Set(hooks.triesOf(path).map(({ headers }) => headers['webhook-id'])).size).toBe(1)
  expect(service().tries(endpoint.channelId).at(-1)).toMatchObject({ attempt: 8, error: null })
})

it('a replay that fails makes a letter of its own, and the old one has no say any more', async () => {
  const { letter, path } = await givenUp()
  await expect(service().handle(letter)).rejects.toBeInstanceOf(PermanentError)
  clock.advance(60_000)
  await service().handle(letter)
  const [, second] = letters()
  expect(second!.data).toMatchObject({ attempt: 8 })
  expect(second!.id).not.toBe(letter.id)
  await expect(service().handle(second!)).rejects.toThrow('8 tries')
  clock.advance(60_000)
  await service().handle(letter)
  expect(hooks.triesOf(path)).toHaveLength(8)
})

it('what is refused for good is a letter at once', async () => {
  const endpoint = endpointTo({ kind: 'webhook', url: hooks.url, secret: 'whsec_!' }, 'another secret, long enough too')
  await service().remind(remindAt(endpoint))
  await expect(service().handle(letters()[0]!)).rejects.toThrow(/^webhook, given up after one try: .*CHANNEL_SECRET/)
})

it('what is gone, a test, and a digest are none: nobody could do anything about them', async () => {
  const [gone, failing] = [newHook(), newHook()]
  hooks.setFate(gone, { status: 410 })
  hooks.setFate(failing, { status: 500 })
  await service().remind(remindAt(webhookAt(hooks.url + gone)))
  const endpoints = [webhookAt(hooks.url + failing)]
  await service().handle(channelTested({ endpoints }))
  const digest = digestDue()
  digest.data.recipient = { ...digest.data.recipient, channels: [], endpoints }
  await service().handle(digest)
  while (service().tries(endpoints[0]!.channelId).at(-1)!.retryAt) await service().runNextJob()
  expect(hooks.triesOf(failing)).toHaveLength(1 + 7)
  expect(letters()).toEqual([])
})

it('nothing is sent from the letter of a person who has left, and nothing is kept for it', async () => {
  const { letter, path, endpoint, event } = await givenUp()
  await expect(service().handle(letter)).rejects.toBeInstanceOf(PermanentError)
  await service().deleteAccount(USER)
  clock.advance(60_000)
  hooks.setFate(path, 'taken')
  await service().handle(letter)
  expect(hooks.at(path)).toEqual([])
  const { reminderId, remindAt } = event.data
  expect(await state.get(`${reminderId}.${Date.parse(remindAt)}.${endpoint.channelId}`)).toBeNull()
  await state.delete(`erased.${USER}`)
})

it('a letter of which nothing is kept any more stays one, and says so', async () => {
  const { letter, endpoint, event } = await givenUp()
  await state.delete(`${event.data.reminderId}.${Date.parse(event.data.remindAt)}.${endpoint.channelId}`)
  await expect(service().handle(letter)).rejects.toThrow('(nothing is kept of it any more)')
})
