import type { HistoryEntry, TaskPage } from '@todo/model/api'
import type { Task } from '@todo/model/task'
import { pollUntil } from '@todo/platform/testing/poll-until'
import { LiveStream } from './live-stream.ts'

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE' | 'PUT'

export interface Answer {
  status: number
  headers: Headers
  // Tests look into answers of every shape.
  body: any
}

export const PASSWORD = 'correct horse battery'

/** One person with a session, as a browser has it: all they know of the app is its address and a cookie. */
export class Person {
  readonly url: string
  readonly email: string
  #cookie = ''

  constructor(url: string, email: string) {
    this.url = url
    this.email = email
  }

  /** `/tasks` is `/api/v1/tasks`; what starts with `/api` or is an own address goes as it is. */
  async call(
    method: Method,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
    signal: AbortSignal = AbortSignal.timeout(20_000),
  ): Promise<Answer> {
    const type: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' }
    const init: RequestInit = {
      method,
      headers: { cookie: this.#cookie, origin: this.url, ...type, ...headers },
      signal,
    }
    if (body !== undefined) init.body = typeof body === 'string' ? body : JSON.stringify(body)
    const answer = await fetch(`${this.url}${path.startsWith('/api/') ? '' : '/api/v1'}${path}`, init)
    if (answer.ok && path.startsWith('/api/auth')) this.#keepCookies(answer.headers.getSetCookie())
    const text = await answer.text()
    const isJson = answer.headers.get('content-type')?.includes('json') && text !== ''
    return { status: answer.status, headers: answer.headers, body: isJson ? JSON.parse(text) : text }
  }

  #keepCookies(lines: string[]): void {
    const cookies = new Map(this.#cookie.split('; ').filter(Boolean).map(nameAndValue))
    for (const line of lines) cookies.set(...nameAndValue(line.split(';')[0] ?? ''))
    this.#cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  /** The answer's body, when all went well. */
  async ok(method: Method, path: string, body?: unknown, headers?: Record<string, string>): Promise<any> {
    const answer = await this.call(method, path, body, headers)
    if (answer.status < 300) return answer.body
    throw new Error(`${method} ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`)
  }

  /** The session, for a browser to have. */
  cookies(): { name: string; value: string }[] {
    return this.#cookie.split('; ').map((text) => {
      const [name, value] = nameAndValue(text)
      return { name, value }
    })
  }

  async signUp(name: string, profile: Record<string, unknown> = {}): Promise<this> {
    const defaults = { timeZone: 'UTC', locale: 'en-GB', weekStart: 1 }
    const account = { name, email: this.email, password: PASSWORD, ...defaults, ...profile }
    await this.ok('POST', '/api/auth/sign-up/email', account)
    return this
  }

  async signIn(password = PASSWORD): Promise<this> {
    await this.ok('POST', '/api/auth/sign-in/email', { email: this.email, password })
    return this
  }

  /** The same person in another browser. */
  async otherSession(): Promise<Person> {
    return new Person(this.url, this.email).signIn()
  }

  createTask(input: Record<string, unknown> = {}): Promise<Task> {
    return this.ok('POST', '/tasks', { title: 'A task', ...input })
  }

  task(id: string): Promise<Task> {
    return this.ok('GET', `/tasks/${id}`)
  }

  complete(task: Pick<Task, 'id'>): Promise<Task> {
    return this.ok('POST', `/tasks/${task.id}/complete`)
  }

  async titles(query: string): Promise<string[]> {
    return (await this.tasks(query)).map((task) => task.title)
  }

  /** All of them, however many pages that takes. */
  async tasks(query: string): Promise<Task[]> {
    const all: Task[] = []
    for (let cursor: string | null = ''; cursor !== null;) {
      const after = cursor && `&cursor=${encodeURIComponent(cursor)}`
      const page: TaskPage = await this.ok('GET', `/tasks?limit=200&${query}${after}`)
      all.push(...page.items)
      cursor = page.nextCursor
    }
    return all
  }

  /** Every occurrence of a task's series, the first one first. */
  async occurrences(task: Pick<Task, 'seriesId'>): Promise<Task[]> {
    const all = await this.tasks('state=all')
    return all
      .filter(({ seriesId }) => seriesId === task.seriesId)
      .toSorted((a, b) => Number(a.occurrenceNumber) - Number(b.occurrenceNumber))
  }

  /** What follows this occurrence, as soon as it is there. */
  nextAfter(task: Task, timeoutMs = 5_000): Promise<Task> {
    const find = async () =>
      (await this.occurrences(task)).find((other) => Number(other.occurrenceNumber) > Number(task.occurrenceNumber))
    return pollUntil(find, { timeoutMs, what: `the occurrence after ${task.title}` })
  }

  /** Newest first. */
  async history(task: Pick<Task, 'id'>): Promise<HistoryEntry[]> {
    return (await this.ok('GET', `/tasks/${task.id}/history?limit=200`)).items
  }

  openStream(lastEventId?: string): Promise<LiveStream> {
    return LiveStream.open(`${this.url}/api/v1/stream`, this.#cookie, lastEventId)
  }
}

function nameAndValue(text: string): [string, string] {
  const at = text.indexOf('=')
  return [text.slice(0, at), text.slice(at + 1)]
}
