import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { v7 as uuidv7 } from 'uuid'
import { MOST_ENDPOINTS } from '@todo/model/channels'
import { eventName } from '@todo/model/events'
import { unseal } from '@todo/platform/seal'
import { pollUntil } from '@todo/platform/testing/poll-until'
import { add, channelTried, ntfy, push, webhook } from './channel-samples.ts'
import { SECRET, createBackend } from './harness.ts'
import type { Client, TestBackend } from './harness.ts'

let backend: TestBackend
let ada: Client
beforeAll(async () => {
  backend = await createBackend()
  ada = await backend.signUp()
})
afterAll(() => backend.close())

async function endpoints(person: Client): Promise<any[]> {
  const { body } = await person.call('GET', '/channels')
  return body.items.filter(({ kind }: { kind: string }) => !['in-app', 'email'].includes(kind))
}

/** What is sealed of an endpoint, opened as the notification service does. */
async function addressIn({ userId }: Client, id: string): Promise<unknown> {
  const { rows } = await backend.testDatabase.database.pool.query<{ sealed: string }>(
    'select sealed from channel where id = $1',
    [id],
  )
  return JSON.parse(unseal(rows[0]!.sealed, { secret: SECRET, userId })!)
}

describe('the channels of a person', () => {
  test('begin with those that everybody has', async () => {
    const person = await backend.signUp('Mo')
    const { body } = await person.call('GET', '/channels')
    expect(body.items).toMatchObject([
      { id: 'in-app', kind: 'in-app', isOn: true, lastTry: null },
      { id: 'email', kind: 'email', name: expect.stringMatching(/^mo-/), isOn: true, offReason: null },
    ])
    expect(Buffer.from(body.pushKey, 'base64url')).toHaveLength(65)
  })

  test('say where an endpoint leads, and no more of its address', async () => {
    const person = await backend.signUp('Mo')
    await add(person, push('https://push.example.org/send/treasure'))
    await add(person, { ...webhook(), url: 'https://hooks.example.org:8443/treasure?key=treasure#x' })
    await add(person, { ...ntfy('topic', 'treasure'), server: 'https://example.org/ntfy/' })
    expect((await endpoints(person)).map(({ place }) => place)).toEqual([
      'push.example.org',
      'hooks.example.org:8443',
      'example.org/ntfy/topic',
    ])
    expect(JSON.stringify(await person.call('GET', '/channels'))).not.toContain('treasure')
  })

  test('keep sealed what the notification service needs', async () => {
    const input = push()
    const { id } = await add(ada, input)
    expect(await addressIn(ada, id)).toEqual({ kind: 'web-push', endpoint: input.endpoint, ...input.keys })
    const hook = await add(ada, { kind: 'webhook', name: 'hook', url: 'https://hooks.example.org' })
    const address = { kind: 'webhook', url: 'https://hooks.example.org/', secret: hook.secret }
    expect(await addressIn(ada, hook.id)).toEqual(address)
    const phone = await add(ada, ntfy('mine', 'tk_1'))
    expect(await addressIn(ada, phone.id)).toEqual({
      kind: 'ntfy',
      server: 'https://ntfy.sh/',
      topic: 'mine',
      token: 'tk_1',
    })
  })

  test('are at most so many', async () => {
    const person = await backend.signUp('Many')
    for (let n = 0; n < MOST_ENDPOINTS - 1; n += 1) await add(person, webhook(`hook ${n}`))
    const both = await Promise.all([1, 2].map(() => person.call('POST', '/channels', webhook())))
    expect(both.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([201, 409])
    expect(both.find(({ status }) => status === 409)?.body.detail).toContain('remove one first')
    expect(await endpoints(person)).toHaveLength(MOST_ENDPOINTS)
  })

  test('of a changed kind tell the other tabs', async () => {
    const person = await backend.signUp('Tab')
    const notices = () =>
      backend.published.filter(({ type, subject, data }) => {
        const isProfile = eventName(type) === 'view.changed' && 'resource' in data && data.resource === 'profile'
        return isProfile && subject === person.userId
      }).length
    const { id } = await add(person, webhook())
    await pollUntil(() => notices() === 1)
    await person.call('PATCH', `/channels/${id}`, { isOn: false })
    await pollUntil(() => notices() === 2)
    await person.call('DELETE', `/channels/${id}`)
    await pollUntil(() => notices() === 3)
  })
})

describe('an endpoint that comes again', () => {
  test('is the one that is there, switched on, with the newest keys', async () => {
    const input = push()
    const first = await add(ada, input)
    await ada.call('PATCH', `/channels/${first.id}`, { isOn: false, name: 'Mine' })
    const { keys } = push()
    const again = await ada.call('POST', '/channels', { ...input, keys })
    expect(again).toMatchObject({ status: 200, body: { id: first.id, name: 'Mine', isOn: true, secret: null } })
    expect(await addressIn(ada, first.id)).toMatchObject(keys)
  })

  test('as a webhook keeps its secret, and does not tell it again', async () => {
    const input = webhook()
    const first = await add(ada, input)
    expect(first.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
    const again = await ada.call('POST', '/channels', input)
    expect(again).toMatchObject({ status: 200, body: { id: first.id, secret: null } })
    expect(await addressIn(ada, first.id)).toMatchObject({ secret: first.secret })
    for (const { body } of [await ada.call('GET', '/channels'), await ada.call('PATCH', `/channels/${first.id}`, {})]) {
      expect(JSON.stringify(body)).not.toMatch(/whsec|secret/)
    }
  })

  test('with the same key of the request gets the same answer, whose secret lies nowhere in clear', async () => {
    const input = webhook()
    const key = { 'idempotency-key': uuidv7() }
    const [one, two] = [
      await ada.call('POST', '/channels', input, key),
      await ada.call('POST', '/channels', input, key),
    ]
    expect([one.status, two.status]).toEqual([201, 201])
    expect(two.body).toEqual(one.body)
    expect(two.body.secret).toMatch(/^whsec_/)
    const { rows } = await backend.testDatabase.database.pool.query<{ text: string }>(
      // Rows as text: an outbox row that still waits has a time that XML knows no word for, minus infinity.
      `select query_to_xml(format('select t::text from %I.%I t', schemaname, tablename), true, true, '')::text as text
       from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
    )
    const everything = rows.map(({ text }) => text).join('\n')
    expect(everything).toContain(one.body.id)
    expect(everything).not.toContain('whsec_')
    expect(everything).not.toContain(input.url)
  })

  test('with an id of its own is refused where that is of another channel', async () => {
    const { id } = await add(ada, webhook())
    const other = await ada.call('POST', '/channels', { ...webhook(), id })
    expect(other).toMatchObject({ status: 409, body: { code: 'conflict' } })
  })

  test('as a push moves to whoever signs in there', async () => {
    const eve = await backend.signUp('Eve')
    const input = push()
    const { id } = await add(ada, input)
    await backend.deliver(channelTried(ada, { channelId: id }))
    const taken = await add(eve, input)
    expect(taken.id).not.toBe(id)
    expect((await endpoints(ada)).map((endpoint) => endpoint.id)).not.toContain(id)
    expect(await addressIn(eve, taken.id)).toMatchObject({ endpoint: input.endpoint })
    const { rows } = await backend.testDatabase.database.pool.query('select from channel_result where channel = $1', [
      id,
    ])
    expect(rows).toEqual([])
  })

  test('as a push, at once from many accounts, is of one of them', async () => {
    const all = await Promise.all(Array.from({ length: 6 }, () => backend.signUp('Crowd')))
    const input = push()
    const answers = await Promise.all(all.map((person) => person.call('POST', '/channels', input)))
    expect(answers.map(({ status }) => status)).toEqual(all.map(() => 201))
    const counts = await Promise.all(all.map(async (person) => (await endpoints(person)).length))
    expect(counts.toSorted((a, b) => a - b)).toEqual([0, 0, 0, 0, 0, 1])
  })

  test('as anything else may be of many', async () => {
    const eve = await backend.signUp('Eve')
    const input = webhook()
    const [one, two] = [await add(ada, input), await add(eve, input)]
    expect(one.secret).not.toBe(two.secret)
  })
})

describe('changing a channel', () => {
  test('of ours does what makes sense, and says what does not', async () => {
    const person = await backend.signUp('Sam')
    const refused = async (path: string, patch: unknown) => (await person.call('PATCH', path, patch)).body.errors
    expect(await refused('/channels/in-app', { isOn: false })).toMatchObject([
      { field: 'isOn', message: expect.stringContaining('every reminder is shown') },
    ])
    expect(await refused('/channels/email', { name: 'x' })).toMatchObject([{ field: 'name' }])
    expect((await person.call('PATCH', '/channels/in-app', { isOn: true })).status).toBe(200)
    expect((await person.call('DELETE', '/channels/email')).body.errors).toMatchObject([{ field: 'id' }])
    expect((await person.call('PATCH', '/channels/email', { isOn: false })).body).toMatchObject({ isOn: false })
    expect((await person.call('GET', '/me')).body).toMatchObject({ emailReminders: false })
    expect((await person.call('GET', '/me')).body).not.toHaveProperty('emailOffReason')
  })

  test('that is none says so', async () => {
    expect((await ada.call('PATCH', `/channels/${uuidv7()}`, { name: 'x' })).status).toBe(404)
    expect((await ada.call('DELETE', `/channels/${uuidv7()}`)).status).toBe(404)
    expect((await ada.call('POST', `/channels/${uuidv7()}/test`)).status).toBe(404)
    const { body } = await ada.call('PATCH', '/channels/pigeon', { name: 'x' })
    expect(body.errors).toMatchObject([{ field: 'id', message: expect.stringContaining('must be in-app, email') }])
  })
})
