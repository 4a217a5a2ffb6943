import { request as httpRequest } from 'node:http'
import type { IncomingMessage, RequestOptions } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { isIP } from 'node:net'
import type { LookupFunction } from 'node:net'
import { SEND_TIMEOUT_MS } from '../claim.ts'
import { DeliveryError } from '../delivery-error.ts'
import { isPrivateAddress } from './private-address.ts'
import { reasonOf } from './reason-of.ts'
import { resolveByDns, resolveBySystem } from './resolve.ts'
import type { Resolve } from './resolve.ts'

/** A POST to an address that a person has given. */
export interface OutboundRequest {
  url: string
  headers: Record<string, string>
  body: string | Buffer
}

export interface OutboundAnswer {
  status: number
  retryAfter: string | undefined
  /** Of a refusal, its first 4 KB, for the log. */
  text: string
}

/** @throws DeliveryError when there is no answer in time, or it must not be asked for */
export type Outbound = (request: OutboundRequest) => Promise<OutboundAnswer>

export interface OutboundOptions {
  privateAddresses: 'refuse' | 'allow'
  resolve?: Resolve
  timeoutMs?: number
}

const MOST_OF_AN_ANSWER = 4_096

/**
 * Speaks HTTP with hosts that anybody may name. Which addresses a name has is looked up once, and the connection goes
 * to just those, so that a name that leads elsewhere a moment later gains nothing. Redirects are not followed.
 */
export function createOutbound({
  privateAddresses,
  timeoutMs = SEND_TIMEOUT_MS,
  ...options
}: OutboundOptions): Outbound {
  const isGuarded = privateAddresses === 'refuse'
  const resolve = options.resolve ?? (isGuarded ? resolveByDns : resolveBySystem)
  return async ({ url, headers, body }) => {
    const { host, hostname } = new URL(url)
    const signal = AbortSignal.timeout(timeoutMs)
    try {
      const addresses = await inTime(signal, addressesOf(hostname, resolve))
      if (isGuarded) assertPublic(hostname, addresses)
      return await post(url, { headers, body, signal, lookup: lookupIn(addresses) })
    } catch (error) {
      if (error instanceof DeliveryError) throw error
      if (signal.aborted)
        throw new DeliveryError(`${host} did not answer within ${timeoutMs / 1_000} s`, { cause: error })
      throw new DeliveryError(`${host} could not be reached: ${reasonOf(error)}`, { cause: error })
    }
  }
}

async function addressesOf(hostname: string, resolve: Resolve): Promise<string[]> {
  const literal = hostname.replace(/^\[|\]$/g, '')
  return isIP(literal) ? [literal] : resolve(hostname)
}

function assertPublic(hostname: string, addresses: string[]): void {
  if (!addresses.some(isPrivateAddress)) return
  // Which one it is nobody is told who did not know it: names of the network that this runs in lead there too.
  const message = `${hostname} leads into a private network: the operator has to allow it (PRIVATE_ADDRESSES=allow)`
  throw new DeliveryError(message, { isForGood: true })
}

/** The answers of `resolve`, in the shape in which `net.connect` asks for them. */
function lookupIn(addresses: string[]): LookupFunction {
  const found = addresses.map((address) => ({ address, family: isIP(address) }))
  return (_hostname, { all }, done) => {
    if (all) done(null, found)
    else done(null, found[0]!.address, found[0]!.family)
  }
}

interface PostOptions extends Pick<RequestOptions, 'lookup'> {
  headers: Record<string, string>
  body: string | Buffer
  signal: AbortSignal
}

function post(url: string, { body, headers, ...options }: PostOptions): Promise<OutboundAnswer> {
  const request = url.startsWith('https:') ? httpsRequest : httpRequest
  const length = { 'content-length': String(Buffer.byteLength(body)), 'user-agent': 'Todo-Cloud' }
  return new Promise((resolve, reject) => {
    // A connection of its own: one that was kept may have been closed by the other side a moment ago.
    const asked = request(url, { method: 'POST', agent: false, headers: { ...headers, ...length }, ...options })
    asked.on('error', reject)
    asked.on('response', (response) => {
      answerOf(response).then((answer) => {
        resolve(answer)
        asked.destroy()
      }, reject)
    })
    // Unasked for, it would end the connection without an error.
    asked.on('upgrade', ({ statusCode: status = 0 }, socket) => {
      resolve({ status, retryAfter: undefined, text: '' })
      socket.destroy()
    })
    asked.end(body)
  })
}

/** The status says what became of a message: what is taken is taken, also where the rest of the answer never comes. */
async function answerOf(response: IncomingMessage): Promise<OutboundAnswer> {
  const { statusCode: status = 0, headers } = response
  const isTaken = status >= 200 && status < 300
  const text = isTaken ? '' : await readStart(response).catch(() => '')
  return { status, retryAfter: headers['retry-after'], text }
}

async function readStart(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of response as AsyncIterable<Buffer>) {
    chunks.push(chunk)
    length += chunk.length
    if (length >= MOST_OF_AN_ANSWER) break
  }
  return Buffer.concat(chunks).subarray(0, MOST_OF_AN_ANSWER).toString('utf8')
}

/** What cannot be aborted is left to itself when the time is up. */
function inTime<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const { promise: over, reject } = Promise.withResolvers<never>()
  const onAbort = () => reject(signal.reason as Error)
  signal.addEventListener('abort', onAbort)
  return Promise.race([work, over]).finally(() => signal.removeEventListener('abort', onAbort))
}
