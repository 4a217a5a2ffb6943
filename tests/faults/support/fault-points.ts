import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { DaprClient } from '@todo/platform/dapr/client'
import type { SidecarAnswer, SidecarRequest } from '@todo/platform/dapr/client'
import { orderFile, PUBLISHING_FILE, serviceOf } from './orders.ts'
import type { Hit, PointOrder, Publishing } from './orders.ts'
import { POINTS } from './points.ts'
import type { SidecarCall } from './points.ts'

/*
 * Loaded into every process of the app before its program (`node --import`). A service talks to its sidecar through a
 * `DaprClient` and nothing else: watching that, the process can be stopped between two steps of its work, exactly, without
 * a line of the service being another one.
 */

const { FAULTS_DIR: folder = '', REPLICA: replica = '' } = process.env
if (folder !== '' && replica !== '') watchCalls(folder, serviceOf(replica))

const SHUFFLE_MS = 150

type Send = (request: SidecarRequest) => Promise<SidecarAnswer>

function watchCalls(folder: string, service: string): void {
  // oxlint-disable-next-line typescript/unbound-method -- it is called with its own `this` below
  const really = DaprClient.prototype.request
  DaprClient.prototype.request = async function (this: DaprClient, request) {
    const call = callOf(request)
    strikeAt(folder, service, 'before', call)
    const answer = await send((changed) => really.call(this, changed), { folder, service, request })
    if (answer.ok) strikeAt(folder, service, 'after', call)
    return answer
  }
}

function callOf({ method, path, body = '' }: SidecarRequest): SidecarCall {
  return { method, path: path.split('?')[0]!, body }
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
  folder: string
  service: string
  request: SidecarRequest
}

async function send(really: Send, { folder, service, request }: Sending): Promise<SidecarAnswer> {
  const publishing = request.path.includes('/publish/bulk/') ? publishingIn(folder) : null
  if (publishing?.how === 'twice') await really(request)
  const isToHang = publishing?.how === 'hangs' && publishing.service === service
  if (isToHang && request.body?.includes(publishing.subject)) return new Promise(() => {})
  if (publishing?.how === 'shuffled') return shuffled(really, request)
  return really(request)
}

function publishingIn(folder: string): Publishing | null {
  const file = `${folder}/${PUBLISHING_FILE}`
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Publishing) : null
}

interface BulkEntry {
  metadata: { partitionKey: string }
}

/** Each key's events in a request of their own, in their order; the keys in any order, and apart. */
async function shuffled(really: Send, request: SidecarRequest): Promise<SidecarAnswer> {
  const entries = JSON.parse(request.body ?? '[]') as BulkEntry[]
  const byKey = Map.groupBy(entries, ({ metadata }) => metadata.partitionKey)
  const answers = await Promise.all(
    [...byKey.values()].map(async (some) => {
      await delay(Math.random() * SHUFFLE_MS)
      return really({ ...request, body: JSON.stringify(some) })
    }),
  )
  return answers.find(({ ok }) => !ok) ?? answers[0]!
}
