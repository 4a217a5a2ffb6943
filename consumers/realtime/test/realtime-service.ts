import { request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Registry } from 'prom-client'
import type { EventData, TodoEvent } from '@todo/model/events'
import { createEvent } from '@todo/platform/create-event'
import { createHttpApp } from '@todo/platform/http/app'
import { createLog } from '@todo/platform/log'
import type { Deps } from '@todo/platform/service'
import { pollUntil } from '@todo/platform/testing/poll-until'
import { signTicket } from '@todo/platform/ticket'
import { realtimeService } from '../src/service.ts'
import type { RealtimeConfig } from '../src/service.ts'

export const SECRET = 'a secret of at least thirty-two characters'
export const NOW = new Date('2026-12-01T08:00:00Z')

/**
 * The service behind a real port, driven by its handlers and its route.
 * @param broker takes what the service publishes, and hands it to whom it likes
 */
export async function startRealtime(broker: Broker = (events, deliver) => deliver(events)) {
  const metrics = new Registry()
  const log = createLog('realtime', 'silent')
  const deliver = async (events: readonly TodoEvent[]) => {
    for (const event of events) await runtime.events![1]!.handle(event, { attempt: 1 })
  }
  const bus = { publish: (events: readonly TodoEvent[]) => broker(events, deliver) }
  const config = { STREAM_SECRET: SECRET }
  const deps = { config, bus, log, metrics, now: () => NOW } as unknown as Deps<RealtimeConfig>
  const runtime = await realtimeService.prepare(deps)
  const app = createHttpApp({ log })
  await runtime.routes!(app)
  await app.listen({ host: '127.0.0.1', port: 0 })
  await runtime.start!()
  const { port } = app.server.address() as AddressInfo
  return {
    app,
    port,
    metrics,
    handlers: runtime.events!,
    handle: (event: TodoEvent) => runtime.events![0]!.handle(event, { attempt: 1 }),
    connect: (userId: string, lastEventId?: string) => openStream(port, userId, lastEventId),
    openStreams: async () => (await metrics.getSingleMetric('todo_realtime_open_streams')!.get()).values[0]!.value,
    stop: () => runtime.stop!(),
    close: async () => {
      await runtime.stop!()
      await app.close()
    },
  }
}

type Broker = (events: readonly TodoEvent[], deliver: (events: readonly TodoEvent[]) => Promise<void>) => Promise<void>

export interface ServerSentEvent {
  event: string
  id: string | undefined
  data: Record<string, unknown>
}

/** A browser's connection: what it got, and the id with which it would resume. */
export class OpenStream {
  readonly events: ServerSentEvent[] = []
  lastEventId = ''
  isOver = false
  #text = ''

  read(chunk: string): void {
    const blocks = `${this.#text}${chunk}`.split('\n\n')
    this.#text = blocks.pop()!
    for (const block of blocks)
      this.#dispatch(new Map(block.split('\n').map((line) => line.split(/: (.*)/) as [string, string])))
  }

  #dispatch(fields: Map<string, string>): void {
    const id = fields.get('id')
    if (id !== undefined) this.lastEventId = id
    const data = fields.get('data')
    if (data) this.events.push({ event: fields.get('event')!, id, data: JSON.parse(data) })
  }

  /** Waits for so many events besides the greeting. */
  async received(count: number): Promise<ServerSentEvent[]> {
    return pollUntil(() => (this.events.length > count ? this.events.slice(1) : null), { what: `${count} events` })
  }

  close: () => void = () => {}
}

export function streamHeaders(userId: string, lastEventId?: string): Record<string, string> {
  const ticket = signTicket(userId, { secret: SECRET, now: NOW })
  return { 'x-stream-ticket': ticket, ...(lastEventId ? { 'last-event-id': lastEventId } : {}) }
}

async function openStream(port: number, userId: string, lastEventId?: string): Promise<OpenStream> {
  const stream = new OpenStream()
  const asked = request({
    port,
    host: '127.0.0.1',
    path: '/internal/stream',
    headers: streamHeaders(userId, lastEventId),
  })
  asked.on('response', (response) => {
    response.setEncoding('utf8')
    response.on('data', (chunk: string) => stream.read(chunk))
    response.on('error', () => {})
    response.on('close', () => (stream.isOver = true))
  })
  asked.on('error', () => (stream.isOver = true))
  asked.end()
  stream.close = () => asked.destroy()
  await pollUntil(() => stream.events[0]?.event === 'ready', { what: 'the greeting' })
  return stream
}

export function taskChanged(audience: string[], data: Partial<EventData<'task.changed'>> = {}, now = NOW): TodoEvent {
  const taskId = data.taskId ?? '0192f0c1-2b3c-7d4e-8f90-a1b2c3d4e5f6'
  const change: EventData<'task.changed'> = {
    eventType: 'task.completed',
    oldStatus: 'open',
    newStatus: 'completed',
    taskId,
    listId: '0192f0c1-0000-7000-8000-000000000001',
    version: 2,
    fields: ['completedAt'],
    audience,
    clientId: 'tab-1',
    mutationId: 'm-1',
    ...data,
  }
  return createEvent('task.changed', taskId, change, { now, source: 'backend' })
}
