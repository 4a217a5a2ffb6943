import { createServer } from 'node:http'
import type { IncomingHttpHeaders, IncomingMessage, Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

/** A request as it came. */
export interface Received {
  path: string
  headers: IncomingHttpHeaders
  body: Buffer
}

export interface Answer {
  status: number
  headers?: Record<string, string>
  text?: string
  /** It is slow: the answer comes after so long. */
  afterMs?: number
}

/** What becomes of a request. `hangs`: nothing is ever said. `breaks`: the connection is cut. */
export type Fate = 'taken' | 'hangs' | 'breaks' | Answer

/** Where the app can reach a receiver: an app in a cluster does not run on this machine. */
const HOST = process.env.RECEIVER_HOST ?? '127.0.0.1'

/** A real HTTP server on a port of its own, which messages of the app end at. */
export abstract class HttpReceiver {
  /** Every request, whatever became of it. */
  readonly tries: Received[] = []
  readonly #fates = new Map<string, Fate[]>()
  #server: Server | null = null
  #port = 0

  /** Without a slash at its end. */
  get url(): string {
    return `http://${HOST}:${this.#port}`
  }

  /** What a request is told apart by: its path, or what the receiver knows better. */
  protected keyOf({ path }: Received): string {
    return path
  }

  /** Looks at a request that is not to fail, and keeps what it says. */
  protected abstract take(received: Received): Answer

  /** What becomes of the requests of a key, from the first to the last; the last stays. */
  setFate(key: string, ...fates: [Fate, ...Fate[]]): void {
    this.#fates.set(key, fates)
  }

  triesOf(key: string): Received[] {
    return this.tries.filter((received) => this.keyOf(received) === key)
  }

  /** Also again, on the same port, after `stop`. */
  async start(): Promise<this> {
    const server = createServer((request, response) => {
      this.#receive(request, response).catch(() => response.writeHead(500).end())
    })
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen(this.#port, HOST, resolve)
    })
    this.#port = (server.address() as AddressInfo).port
    this.#server = server
    return this
  }

  /** Nothing listens from here on. */
  async stop(): Promise<void> {
    const server = this.#server
    this.#server = null
    server?.closeAllConnections()
    await new Promise<void>((resolve) => (server ? server.close(() => resolve()) : resolve()))
  }

  async #receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const received = { path: request.url ?? '/', headers: request.headers, body: await buffer(request) }
    this.tries.push(received)
    const fate = this.#nextFate(this.keyOf(received))
    if (fate === 'hangs') return
    if (fate === 'breaks') return void request.socket.resetAndDestroy()
    const { status, headers = {}, text = '', afterMs = 0 } = fate === 'taken' ? this.take(received) : fate
    const answer = () => response.writeHead(status, headers).end(text)
    if (afterMs > 0) setTimeout(answer, afterMs)
    else answer()
  }

  #nextFate(key: string): Fate {
    const [fate = 'taken', ...others] = this.#fates.get(key) ?? []
    if (others.length > 0) this.#fates.set(key, others)
    return fate
  }
}
