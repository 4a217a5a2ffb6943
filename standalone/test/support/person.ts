import { randomUUID } from 'node:crypto'

/** Someone with an account, who talks to the app over HTTP. */
export interface Person {
  request: (method: string, path: string, body?: unknown) => Promise<{ status: number; body: unknown }>
  signInAgain: (url: string) => Promise<Person>
}

export async function signUp(url: string): Promise<Person> {
  const email = `${randomUUID()}@example.org`
  return enter(url, 'sign-up', { name: 'Test', email, timeZone: 'UTC', locale: 'en', weekStart: 1 }, email)
}

async function enter(url: string, how: 'sign-up' | 'sign-in', details: object, email: string): Promise<Person> {
  const password = 'correct horse battery staple'
  const answer = await post(url, `/api/auth/${how}/email`, { ...details, email, password })
  if (!answer.ok) throw new Error(`${how}: ${answer.status} ${await answer.text()}`)
  const cookie = answer.headers
    .getSetCookie()
    .map((header) => header.split(';')[0])
    .join('; ')
  return {
    request: async (method, path, body) => {
      const response = await fetch(`${url}/api/v1${path}`, {
        method,
        headers: { cookie, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      return { status: response.status, body: await response.json() }
    },
    signInAgain: (elsewhere) => enter(elsewhere, 'sign-in', {}, email),
  }
}

function post(url: string, path: string, body: object): Promise<Response> {
  const headers = { 'content-type': 'application/json', origin: url }
  return fetch(`${url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
}
