import { DaprEventBus } from '@todo/platform/dapr/event-bus'
import type { DaprEventBusOptions } from '@todo/platform/dapr/event-bus'
import { mountSidecarRoutes } from '@todo/platform/dapr/sidecar-routes'
import type { Subscription } from '@todo/platform/event-bus'
import { createHttpApp } from '@todo/platform/http/app'
import { createLog } from '@todo/platform/log'
import { startFakeSidecar, TOKENS } from './fake-sidecar.ts'
import type { FakeAnswer } from './fake-sidecar.ts'

const log = createLog('test', 'silent')

export const TOKEN = { 'dapr-api-token': TOKENS.app }

/** The audit service's app, as its sidecar sees it. */
export async function openAuditApp(handle: Subscription['handle'], options: Partial<DaprEventBusOptions> = {}) {
  const sidecar: { answer: FakeAnswer } = { answer: { status: 204 } }
  const { client, requests: letters } = await startFakeSidecar(() => sidecar.answer)
  const bus = new DaprEventBus({ client, service: 'audit', log, budget: { attempts: 3, handlerMs: 1_000 }, ...options })
  bus.subscribe({ consumer: 'audit', topic: 'task-events', names: ['account.deleted'], delivery: 'once', handle })
  const app = createHttpApp({ log })
  mountSidecarRoutes(app, {
    token: TOKENS.app,
    subscriptions: () => bus.subscriptions(),
    mount: (scope) => bus.mount(scope),
    mountForServices: (scope) => bus.mountReplay(scope),
  })
  await app.ready()
  await bus.start()
  const deliver = async (content: unknown, offset = 0, url = '/events/task-events') => {
    const text = typeof content === 'string' ? content : JSON.stringify(content)
    const payload = JSON.stringify({ id: 'the sidecar’s', data_base64: Buffer.from(text).toString('base64') })
    const place = { __topic: 'task-events', __partition: '3', __offset: String(offset) }
    const headers = { 'content-type': 'application/cloudevents+json', ...TOKEN, ...place }
    const answer = await app.inject({ method: 'POST', url, payload, headers })
    return answer.statusCode === 200 ? answer.json<{ status: string }>().status : answer.statusCode
  }
  return { app, bus, deliver, sidecar, letters }
}
