import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createBackend } from './harness.ts'
import type { Client, TestBackend } from './harness.ts'

const PASSWORD = 'correct horse battery'
/** What PostgreSQL says when it is shut down, and what a mistake of ours may look like. */
const GOING = '57P01'
const BROKEN = 'P0001'

let backend: TestBackend
let ada: Client
beforeAll(async () => {
  backend = await createBackend()
})
afterAll(() => backend.close())
afterEach(() => mend())

const run = (text: string) => backend.testDatabase.database.direct.query(text)

/** From here on, this fails in the database, until it is mended. */
const breaking = (when: 'insert' | 'update' | 'delete', table: string, code: string) =>
  run(`
    create function broken() returns trigger language plpgsql as $$
    begin raise exception 'broken on purpose' using errcode = '${code}'; end $$;
    create trigger broken before ${when} on ${table} for each statement execute function broken()`)
const mend = () => run('drop function if exists broken cascade')

describe('what goes wrong within Better Auth', () => {
  test('signing out is refused while the session cannot be ended, and the session goes on', async () => {
    ada = await backend.signUp()
    await breaking('delete', 'session', GOING)
    const refused = await ada.call('POST', '/api/auth/sign-out', {})
    expect([refused.status, refused.body.code, refused.headers['retry-after']]).toEqual([503, 'unavailable', '1'])
    expect(refused.headers['set-cookie']).toBeUndefined()
    await mend()
    expect((await ada.call('GET', '/me')).status).toBe(200)
    expect((await ada.call('POST', '/api/auth/sign-out', {})).status).toBe(200)
    expect((await ada.call('GET', '/me')).status).toBe(401)
  })

  test('a valid session is not told to be none when it cannot be looked up', async () => {
    ada = await backend.signUp()
    for (const [code, status, told] of [
      [GOING, 503, 'unavailable'],
      [BROKEN, 500, 'internal'],
    ] as const) {
      await run('alter table session rename to session_away')
      await run(`create function gone() returns boolean language plpgsql as $$
        begin raise exception 'broken on purpose' using errcode = '${code}'; end $$`)
      await run('create view session as select * from session_away where gone()')
      const answers = ['/api/auth/get-session', '/api/auth/list-sessions', '/me'].map((path) => ada.call('GET', path))
      for (const { status: found, body } of await Promise.all(answers))
        expect([found, body.code]).toEqual([status, told])
      await run('drop view session; drop function gone; alter table session_away rename to session')
    }
    expect((await ada.call('GET', '/api/auth/list-sessions')).status).toBe(200)
  })

  test('sessions that may have ended are not believed, whatever is answered', async () => {
    ada = await backend.signUp()
    expect((await ada.call('GET', '/me')).status).toBe(200)
    await breaking('insert', 'session', GOING)
    const change = { currentPassword: PASSWORD, newPassword: 'another horse battery', revokeOtherSessions: true }
    expect((await ada.call('POST', '/api/auth/change-password', change)).status).toBe(503)
    await mend()
    const { rowCount } = await run(`select from session where "userId" = '${ada.userId}'`)
    expect((await ada.call('GET', '/me')).status).toBe(rowCount === 0 ? 401 : 200)
    expect(rowCount).toBe(0)
  })

  test('a mistake of ours is told as one, and not that it may go well in a moment', async () => {
    const account = { name: 'Eve', email: 'eve@example.org', password: PASSWORD }
    await breaking('insert', '"user"', BROKEN)
    const broken = await ada.call('POST', '/api/auth/sign-up/email', account)
    expect([broken.status, broken.body.code]).toEqual([500, 'internal'])
    await mend()
    await breaking('insert', '"user"', GOING)
    const away = await ada.call('POST', '/api/auth/sign-up/email', account)
    expect([away.status, away.body.code, away.headers['retry-after']]).toEqual([503, 'unavailable', '1'])
  })
})
