import { expect, test } from 'vitest'
import type { Auth } from '../src/auth/auth.ts'
import { Sessions } from '../src/auth/sessions.ts'

const COOKIE = 'todo-cloud.session_token=secret'
const USER = '0192f0c1-2b3c-7d4e-8f90-a1b2c3d4e5f6'

/** Better Auth with lookups that are answered when the test says so; a session that was ended is found no more. */
function slowAuth() {
  const answers: (() => void)[] = []
  let isSignedIn = true
  const getSession = () => {
    const response = isSignedIn
      ? { user: { id: USER, name: 'Ada' }, session: { expiresAt: new Date('2100-01-01') } }
      : null
    return new Promise((resolve) => answers.push(() => resolve({ headers: new Headers(), response })))
  }
  const auth = { api: { getSession } } as unknown as Auth
  const sessions = new Sessions(auth, () => new Date())
  return {
    sessions,
    answerNext: () => answers.shift()?.(),
    signOut: () => {
      isSignedIn = false
    },
  }
}

test.each([
  ['this session', { cookieHeader: COOKIE }],
  ['all sessions of the person', { userId: USER }],
])('a lookup that began before %s ended is not believed afterwards', async (_what, ended) => {
  const { sessions, answerNext, signOut } = slowAuth()
  const began = sessions.require(COOKIE)
  signOut()
  sessions.forget(ended)
  answerNext()
  await began
  const later = sessions.require(COOKIE)
  answerNext()
  await expect(later).rejects.toThrow('no valid session')
})

test('a session is looked up once while nothing ends', async () => {
  const { sessions, answerNext } = slowAuth()
  const first = sessions.require(COOKIE)
  answerNext()
  await first
  expect((await sessions.require(COOKIE)).session.userId).toBe(USER)
})
