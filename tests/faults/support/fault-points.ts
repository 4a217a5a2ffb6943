import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { orderFile, PUBLISHING_FILE, serviceOf } from './orders.ts'
import type { Hit, PointOrder, Publishing } from './orders.ts'
import { POINTS } from './points.ts'
import type { SidecarCall } from './points.ts'

/*
 * Loaded into every process of the app before its program (`node --import`). A service talks to its sidecar by `fetch`
 * and nothing else: watching that, the process can be stopped between two steps of its work, exactly, without a line of
 * the service being another one.
 */

const { FAULTS_DIR: folder = '', REPLICA: replica = '' } = process.env
if (folder !== '' && replica !== '') watchCalls(folder, serviceOf(replica))

const SHUFFLE_MS = 150

function watchCalls(folder: string, service: string): void {
  const really = globalThis.fetch
  globalThis.fetch = async (input, init = {}) => {
    const call = callOf(input, init)
    if (!call) return really(input, init)
    strikeAt(folder, service, 'before', call)
    const response = await send(really, folder, call, { input, init, service })
    if (response.ok) strikeAt(folder, service, 'after', call)
    return response
  }
}

/** All that goes to a sidecar has a text or nothing in it. */
function callOf(input: string | URL | Request, { method = 'GET', body }: RequestInit): SidecarCall | null {
  if (typeof input !== 'string' || (body && typeof body !== 'string')) return null
  return { method, path: new URL(input).pathname, body: typeof body === 'string' ? body : '' }
}

/** The first process that comes to the point takes the order, and is struck. */
function strikeAt(folder: string, service: string, side: 'before' | 'after', call: SidecarCall): void {
  const file = orderFile(folder, service)
  if (!existsSync(file)) return
  const { point, signal } = JSON.parse(readFileSync(file, 'utf8')) as PointOrder
  const { at, isReached } = POINTS[point]
  if (at !== side || !isReached(call)) return
  const taken = `${file}.${process.pid}`
  try {
    renameSync(file, taken)
  } catch {
    // The other replica was faster.
    return
  }
  const hit: Hit = { replica, pid: process.pid, at: Date.now(), call: `${call.method} ${call.path}` }
  writeFileSync(taken, JSON.stringify(hit))
  renameSync(taken, `${file}.hit`)
  process.kill(process.pid, signal)
}

interface Sending {
  service: string
  input: string | URL | Request
  init: RequestInit
}

async function send(really: typeof fetch, folder: string, call: SidecarCall, sending: Sending): Promise<Response> {
  const { input, init, service } = sending
  const publishing = call.path.includes('/publish/bulk/') ? publishingIn(folder) : null
  if (publishing?.how === 'twice') await really(input, init)
  const isToHang = publishing?.how === 'hangs' && publishing.service === service
  if (isToHang && call.body.includes(publishing.subject)) return new Promise(() => {})
  if (publishing?.how === 'shuffled') return shuffled(really, call, sending)
  return really(input, init)
}

function publishingIn(folder: string): Publishing | null {
  const file = `${folder}/${PUBLISHING_FILE}`
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Publishing) : null
}

interface BulkEntry {
  metadata: { partitionKey: string }
}

/** Each key's events in a request of their own, in their order; the keys in any order, and apart. */
async function shuffled(really: typeof fetch, call: SidecarCall, { input, init }: Sending): Promise<Response> {
  const entries = JSON.parse(call.body) as BulkEntry[]
  const byKey = Map.groupBy(entries, ({ metadata }) => metadata.partitionKey)
  const answers = await Promise.all(
    [...byKey.values()].map(async (some) => {
      await delay(Math.random() * SHUFFLE_MS)
      return really(input, { ...init, body: JSON.stringify(some) })
    }),
  )
  return answers.find(({ ok }) => !ok) ?? answers[0]!
}
