import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { AppError } from '../errors.ts'

/** One subscription, as `GET /dapr/subscribe` tells it. */
export interface SidecarSubscription {
  pubsubname: string
  topic: string
  /** The path to bring messages to: all of them, or those that a rule in CEL lets through. */
  routes: { default: string } | { rules: { match: string; path: string }[] }
}

export interface SidecarRoutes {
  /** What the sidecar shows with every request (APP_API_TOKEN). */
  token: string
  subscriptions: () => SidecarSubscription[]
  /** Mounts what only the sidecar itself may call: deliveries and alarms. */
  mount: (app: FastifyInstance) => void
  /** Mounts what other services may call through it. */
  mountForServices: (app: FastifyInstance) => void
}

/** The largest event (2 MiB) in base64, and what is around it. */
const BODY_LIMIT = 8 * 1024 * 1024

/**
 * What the sidecar calls. Never answered with 404: the sidecar would take an event for handled, and an alarm for done.
 */
export function mountSidecarRoutes(app: FastifyInstance, routes: SidecarRoutes): void {
  void app.register(async (scope) => {
    scope.addHook('onRequest', checkToken(routes.token))
    scope.addContentTypeParser(
      ['application/cloudevents+json', '*'],
      { parseAs: 'string', bodyLimit: BODY_LIMIT },
      (_request, text, done) => done(null, parseJson(text as string)),
    )
    scope.addHook('onRoute', (route) => {
      route.bodyLimit = BODY_LIMIT
      route.schema = { hide: true }
    })
    routes.mountForServices(scope)
    void scope.register(async (own) => {
      own.addHook('onRequest', refuseServices)
      own.get('/dapr/subscribe', () =>
        routes.subscriptions().map((subscription) => ({ ...subscription, metadata: { rawPayload: 'true' } })),
      )
      own.get('/dapr/config', () => ({}))
      routes.mount(own)
    })
  })
}

/** Lets in whoever shows the token, which is the sidecar. */
export function checkToken(token: string): (request: FastifyRequest) => Promise<void> {
  const expected = digestOf(token)
  return async ({ headers }) => {
    const given = headers['dapr-api-token']
    if (typeof given === 'string' && timingSafeEqual(digestOf(given), expected)) return
    throw new AppError('not-signed-in', 'Only the sidecar of this service may ask this.')
  }
}

/** A sidecar names the service on whose behalf it calls. */
async function refuseServices({ headers }: FastifyRequest): Promise<void> {
  if (headers['dapr-caller-app-id'] !== undefined) throw new AppError('forbidden', 'Services do not ask this.')
}

/** Of equal length, as comparing in constant time wants it. */
function digestOf(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}

function parseJson(text: string): unknown {
  if (text === '') return null
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new AppError('invalid-request', 'The body is not valid JSON.', { cause })
  }
}
