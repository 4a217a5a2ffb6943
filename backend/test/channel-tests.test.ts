import { afterAll, beforeAll, expect, test } from 'vitest'
import { v7 as uuidv7 } from 'uuid'
import { pollUntil } from '@todo/platform/testing/poll-until'
import { add, channelIn, notificationsOf, push, webhook } from './channel-samples.ts'
import { createBackend } from './harness.ts'
import type { TestBackend } from './harness.ts'

let backend: TestBackend
beforeAll(async () => {
  backend = await createBackend()
})
afterAll(() => backend.close())

test('a test in the app is there at once, and is a result', async () => {
  const person = await backend.signUp()
  const { status, body } = await person.call('POST', '/channels/in-app/test')
  expect(status).toBe(202)
  expect(await notificationsOf(person)).toMatchObject([{ id: body.testId, kind: 'test', readAt: null }])
  expect((await channelIn(person, 'in-app')).lastTry).toMatchObject({ error: null })
})

test('a test goes to the one channel, also one that is off', async () => {
  const person = await backend.signUp()
  const hook = await add(person, webhook())
  await add(person, push())
  await person.call('PATCH', `/channels/${hook.id}`, { isOn: false })
  const { testId } = (await person.call('POST', `/channels/${hook.id}/test`)).body
  const { data } = await backend.event('channel.tested', person.userId)
  expect(data).toMatchObject({ testId, recipient: { channels: [], endpoints: [{ channelId: hook.id }] } })
  expect(data.recipient.endpoints).toHaveLength(1)
  const mailed = (await person.call('POST', '/channels/email/test')).body.testId
  const { recipient } = await pollUntil(
    () =>
      backend.published.flatMap(({ data: tested }) =>
        'testId' in tested && tested.testId === mailed ? tested : [],
      )[0],
  )
  expect(recipient).toMatchObject({ channels: ['email'], endpoints: [], email: expect.stringMatching(/^ada-/) })
})

test('a test asked for twice with one key is one', async () => {
  const person = await backend.signUp()
  const headers = { 'idempotency-key': uuidv7() }
  const ask = () => person.call('POST', '/channels/in-app/test', undefined, headers)
  expect((await ask()).body).toEqual((await ask()).body)
  expect(await notificationsOf(person)).toHaveLength(1)
})

test('five tests are made in a minute, and then they go on', async () => {
  const person = await backend.signUp()
  const ask = () => person.call('POST', '/channels/in-app/test')
  const answers = await Promise.all(Array.from({ length: 8 }, ask))
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([
    202, 202, 202, 202, 202, 429, 429, 429,
  ])
  const refused = answers.find(({ status }) => status === 429)
  expect(refused!.body).toMatchObject({ code: 'too-many-requests', detail: expect.stringContaining('wait a minute') })
  backend.setNow(new Date(Date.now() + 61_000))
  expect((await ask()).status).toBe(202)
  backend.setNow(null)
})
