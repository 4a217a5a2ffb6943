/** A session over HTTP, as a browser has it. */
export class DemoAccount {
  readonly #url: string
  readonly #cookie: string

  private constructor(url: string, cookie: string) {
    this.#url = url
    this.#cookie = cookie
  }

  /** Signs in, or up when there is no such account. @throws with what to do when the password is another one */
  static async open(url: string, { email, password, timeZone }: Record<'email' | 'password' | 'timeZone', string>) {
    const signIn = await post(url, '/api/auth/sign-in/email', { email, password })
    if (signIn.ok) return new DemoAccount(url, cookieOf(signIn))
    const person = { name: 'Ada', email, password, timeZone, locale: 'en-GB', weekStart: 1 }
    const signUp = await post(url, '/api/auth/sign-up/email', person)
    if (signUp.ok) return new DemoAccount(url, cookieOf(signUp))
    const { message } = (await signUp.json()) as { message?: string }
    throw new Error(
      `${email} could neither sign in nor up (${message ?? signUp.status}): give another --email, or its --password.`,
    )
  }

  async get<T>(path: string): Promise<T> {
    return this.#read<T>(await fetch(`${this.#url}/api/v1${path}`, { headers: { cookie: this.#cookie } }))
  }

  /** False when it is there already, as an earlier run made it, whatever has become of it since. */
  async create(path: string, body: unknown): Promise<boolean> {
    const answer = await post(this.#url, `/api/v1${path}`, body, this.#cookie)
    if (answer.status === 409) return false
    await this.#read(answer)
    return answer.status === 201
  }

  async act(path: string): Promise<void> {
    await this.#read(await post(this.#url, `/api/v1${path}`, {}, this.#cookie))
  }

  async #read<T>(answer: Response): Promise<T> {
    if (!answer.ok) throw new Error(`${answer.url} answered ${answer.status}: ${await answer.text()}`)
    return (await answer.json()) as T
  }
}

function post(url: string, path: string, body: unknown, cookie?: string): Promise<Response> {
  const headers = { 'content-type': 'application/json', ...(cookie ? { cookie } : {}) }
  return fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) })
}

function cookieOf(answer: Response): string {
  return answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ')
}
