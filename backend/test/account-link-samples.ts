import type { EventData } from '@todo/model/events'
import { eventName } from '@todo/model/events'
import { unseal } from '@todo/platform/seal'
import { pollUntil } from '@todo/platform/testing/poll-until'
import { SECRET } from './harness.ts'
import type { Client, TestBackend } from './harness.ts'

type Link = EventData<'link.due' | 'address-link.due'>

const LINKS: ReadonlySet<string> = new Set(['link.due', 'address-link.due'])

export async function signUpWithMail(backend: TestBackend, name?: string): Promise<Client & { email: string }> {
  const person = await backend.signUp(name)
  return { ...person, email: (await person.call('GET', '/me')).body.email }
}

export const linksOf = (backend: TestBackend, { userId }: Client): Link[] =>
  backend.published.flatMap(({ type, data }) =>
    LINKS.has(eventName(type)!) && (data as Link).userId === userId ? [data as Link] : [],
  )

/** Of the newest of so many links of a person, as the notification service opens it. */
export async function tokenOf(backend: TestBackend, person: Client, count = 1): Promise<string> {
  const links = await pollUntil(() => {
    const told = linksOf(backend, person)
    return told.length >= count && told
  })
  return unseal(links[count - 1]!.token, { secret: SECRET, userId: person.userId })!
}

/** Without a session. */
export async function askAuth(backend: TestBackend, path: string, payload: object) {
  const answer = await backend.app.inject({ method: 'POST', url: `/api/auth${path}`, payload })
  return { status: answer.statusCode, body: answer.json() }
}

export const PASSWORD = 'correct horse battery'

let addresses = 0
export const newAddress = () => `moved-${(addresses += 1)}@example.org`

/** Asks for another address of an account. */
export const askForAddress = (person: Client, newEmail: unknown, password: unknown = PASSWORD) =>
  person.call('POST', '/api/auth/change-email', { newEmail, password })

export const addressOf = async (person: Client): Promise<string> => (await person.call('GET', '/me')).body.email
