import compress from '@fastify/compress'
import type { FastifyInstance, RouteOptions } from 'fastify'
import { z } from 'zod'
import type { Deps } from '@todo/platform/service'
import { addressRoutes } from './auth/address-routes.ts'
import type { Auth } from './auth/auth.ts'
import { authRoutes } from './auth/routes.ts'
import type { Sessions } from './auth/sessions.ts'
import type { MailRules } from './channels/recipient.ts'
import { channelRoutes } from './channels/routes.ts'
import type { BackendConfig } from './config.ts'
import type { UnitOfWork } from './context.ts'
import { filterRoutes } from './filters/routes.ts'
import type { Accesses } from './http/accesses.ts'
import { historyRoutes } from './history/routes.ts'
import { importRoutes } from './import/routes.ts'
import { listRoutes } from './lists/routes.ts'
import { notificationRoutes } from './notifications/routes.ts'
import { overviewRoutes } from './overview/routes.ts'
import { profileRoutes } from './profile/routes.ts'
import type { OpenStreams } from './stream/open-streams.ts'
import { streamRoutes } from './stream/routes.ts'
import { recurrenceRoutes } from './tasks/recurrence-routes.ts'
import { subtaskRoutes } from './subtasks/routes.ts'
import { tagRoutes } from './tags/routes.ts'
import { taskRoutes } from './tasks/routes.ts'
import { unsubscribeRoutes } from './unsubscribe/routes.ts'
import { describeApi, docsRoutes } from './web/docs.ts'
import { addSecurityHeaders } from './web/security-headers.ts'
import { webRoutes } from './web/static.ts'

const NoQuery = z.strictObject({})

export interface AppParts {
  deps: Pick<Deps<BackendConfig>, 'config' | 'invoke' | 'now'>
  unitOfWork: UnitOfWork
  accesses: Accesses
  auth: Auth
  sessions: Sessions
  openStreams: OpenStreams
  rules: MailRules
}

/** Everything that the backend answers over HTTP. */
export async function mountApp(
  app: FastifyInstance,
  { deps, unitOfWork, accesses, auth, sessions, openStreams, rules }: AppParts,
): Promise<void> {
  const { config, invoke, now } = deps
  addSecurityHeaders(app, config.PUBLIC_URL)
  await app.register(compress, { threshold: 2_048, encodings: ['gzip'] })
  await describeApi(app)
  await app.register(authRoutes, { auth, sessions, unitOfWork, isSignUpOpen: config.SIGN_UP === 'open' })
  await app.register(unsubscribeRoutes, { prefix: '/api/v1', unitOfWork, secret: rules.secret })
  await app.register(
    async (api) => {
      api.decorateRequest('session', null)
      api.addHook('onRoute', refuseUnknownQuery)
      api.addHook('onRequest', async (request, reply) => {
        const { session, cookies } = await sessions.require(request.headers.cookie)
        request.session = session
        for (const cookie of cookies) reply.header('set-cookie', cookie)
        reply.header('cache-control', 'no-store')
      })
      const routeDeps = { unitOfWork, accesses, rules }
      for (const routes of RESOURCES) await api.register(routes, routeDeps)
      await api.register(recurrenceRoutes)
      await api.register(historyRoutes, { ...routeDeps, invoke })
      await api.register(streamRoutes, { invoke, now, openStreams, secret: config.STREAM_SECRET })
    },
    { prefix: '/api/v1' },
  )
  await docsRoutes(app)
  if (config.WEB_ROOT) await webRoutes(app, config.WEB_ROOT)
}

/** Each needs nothing but these. */
const RESOURCES = [
  taskRoutes,
  subtaskRoutes,
  listRoutes,
  tagRoutes,
  overviewRoutes,
  filterRoutes,
  notificationRoutes,
  profileRoutes,
  addressRoutes,
  channelRoutes,
  importRoutes,
]

/** A route that says nothing of a query takes none: a misspelt filter must not be taken for no filter. */
function refuseUnknownQuery(route: RouteOptions): void {
  route.schema = { querystring: NoQuery, ...route.schema }
}
