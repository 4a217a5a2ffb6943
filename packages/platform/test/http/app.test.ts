import { afterAll, beforeAll, expect, test } from 'vitest'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { createHttpApp } from '../../src/http/app.ts'
import { createLog } from '../../src/log.ts'

let app: FastifyInstance
beforeAll(async () => {
  app = createHttpApp({ log: createLog('test', 'silent') })
  const schema = {
    body: z.object({ title: z.string().optional(), tags: z.array(z.string()).optional() }).nullish(),
    querystring: z.object({ q: z.string().optional() }),
  }
  app.post('/things', { schema }, async () => ({ ok: true }))
  await app.ready()
})
afterAll(() => app.close())

test.each([
  ['/things', { title: 'a\0b' }, 'title'],
  ['/things', { tags: ['fine', '\0'] }, 'tags.1'],
  ['/things', { title: 'half a pair: \ud83d' }, 'title'],
  ['/things?q=%00', {}, 'q'],
])('text that no database keeps is refused where it is: %s %j', async (url, payload, field) => {
  const answer = await app.inject({ method: 'POST', url, payload })
  expect(answer.statusCode).toBe(400)
  expect(answer.json().errors).toEqual([{ field, message: 'must be Unicode text without the character NUL' }])
})

test('other control characters are taken', async () => {
  const answer = await app.inject({ method: 'POST', url: '/things', payload: { title: 'a\tb\u0001\\u0000 👩‍🚀' } })
  expect(answer.statusCode).toBe(200)
})

test('an address that cannot be read is a problem like any other', async () => {
  const answer = await app.inject({ method: 'GET', url: '/things/%E0%A4%A' })
  expect(answer.statusCode).toBe(400)
  expect(answer.headers['content-type']).toContain('application/problem+json')
  expect(answer.json()).toMatchObject({ code: 'invalid-request', status: 400 })
})

test('JSON that is not UTF-8 is refused, and none of its letters are lost', async () => {
  const headers = { 'content-type': 'application/json' }
  const send = (payload: Buffer) => app.inject({ method: 'POST', url: '/things', headers, payload })
  const latin = await send(Buffer.from('{"title":"caf\xe9"}', 'latin1'))
  expect([latin.statusCode, latin.json().detail]).toEqual([400, 'The body is not UTF-8: encode it so.'])
  expect((await send(Buffer.from('{"title":"café"}'))).statusCode).toBe(200)
  expect((await send(Buffer.from('{"title"'))).json().detail).toBe('The body is not valid JSON.')
})
