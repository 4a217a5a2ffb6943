import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { needsNoSession } from '@todo/model/pages'
import { notFound } from '@todo/platform/errors'
import { hasSessionCookie } from '../auth/sessions.ts'
import { pagePolicy } from './security-headers.ts'

const PAGE = 'index.html'
const YEAR_SECONDS = 365 * 24 * 60 * 60

/** Serves the built web app, also when it is built anew meanwhile; every other address that is not the API's is a screen. */
export async function webRoutes(app: FastifyInstance, webRoot: string): Promise<void> {
  await app.register(fastifyStatic, {
    root: webRoot,
    serve: false,
    // The build left them compressed beside the others.
    preCompressed: true,
    setHeaders: (reply, path) => {
      // Names of assets carry a hash of what is in them.
      const forever = path.includes('/assets/')
      reply.header('cache-control', forever ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache')
    },
  })
  app.get('/*', { schema: { hide: true } }, async (request, reply) => {
    const [pathname = ''] = request.url.split('?')
    if (pathname === '/api' || pathname.startsWith('/api/')) throw notFound('address')
    const isFile = /\.[a-z0-9]{2,11}$/i.test(pathname)
    const name = isFile ? pathname.slice(1) : PAGE
    // At once, instead of after a page that asks for what nobody may see.
    if (name === PAGE && !needsNoSession(pathname) && !hasSessionCookie(request.headers.cookie)) {
      return reply.header('cache-control', 'no-store').redirect(signInFor(request.url))
    }
    // The build put it into the page as it is.
    if (name === PAGE) reply.header('content-security-policy', pagePolicy(await readFile(join(webRoot, 'theme.js'))))
    return reply.sendFile(name)
  })
}

/** The sign-in page, which leads on to where the person wanted to go. */
function signInFor(url: string): string {
  return url === '/' ? '/sign-in' : `/sign-in?${new URLSearchParams({ next: url }).toString()}`
}
