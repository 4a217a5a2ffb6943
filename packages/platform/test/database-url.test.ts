import pg from 'pg'
import { expect, onTestFinished, test, vi } from 'vitest'
import { connectionTo } from '@todo/platform/database-url'

/** What `pg` makes of an address. */
function settingsOf(url: string) {
  const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined)
  onTestFinished(() => warn.mockRestore())
  const client = new pg.Client(connectionTo(url)) as unknown as { ssl: unknown; enableChannelBinding: boolean }
  return { ssl: client.ssl, bindsChannel: client.enableChannelBinding, warnings: warn.mock.calls.length }
}

const NEON = 'postgresql://ada:secret@ep-cool-pooler.eu-central-1.aws.neon.tech/todo'

test('an address as Neon writes it means a checked certificate and a bound channel, and nothing is warned of', () => {
  expect(settingsOf(`${NEON}?sslmode=require&channel_binding=require`)).toEqual({
    ssl: {},
    bindsChannel: true,
    warnings: 0,
  })
  expect(settingsOf(`${NEON}?sslmode=verify-full`)).toEqual({ ssl: {}, bindsChannel: false, warnings: 0 })
})

test('who asks for libpq’s meaning gets it, and every other address stays as it is', () => {
  const weaker = `${NEON}?uselibpqcompat=true&sslmode=require`
  expect(settingsOf(weaker).ssl).toEqual({ rejectUnauthorized: false })
  for (const url of [weaker, 'postgres://localhost/todo', 'socket:/run/postgresql?db=todo', '/run/postgresql todo'])
    expect(connectionTo(url)).toEqual({ connectionString: url })
})
