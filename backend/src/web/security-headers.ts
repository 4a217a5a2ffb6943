import { createHash } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { AppError } from '@todo/platform/errors'

/** Only what comes from here runs or loads. */
const POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

/** The reference page builds itself in the browser: it may run the script that is in it. */
const DOCS_POLICY = POLICY.replace("script-src 'self'", "script-src 'self' 'unsafe-inline' 'unsafe-eval'").replace(
  "img-src 'self' data:",
  "img-src 'self' data: blob:",
)

/** The page also runs the one script that is in it, known by its hash (CSP Level 3 §6.7.3.3). */
export function pagePolicy(script: Buffer): string {
  const hash = createHash('sha256').update(script).digest('base64')
  return POLICY.replace("script-src 'self'", `script-src 'self' 'sha256-${hash}'`)
}

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS'])

export function addSecurityHeaders(app: FastifyInstance, publicUrl: string): void {
  const isTls = publicUrl.startsWith('https:')
  app.addHook('onRequest', async (request, reply) => {
    reply.header('content-security-policy', request.url.startsWith('/api/docs') ? DOCS_POLICY : POLICY)
    reply.header('x-content-type-options', 'nosniff')
    reply.header('referrer-policy', 'same-origin')
    reply.header('x-frame-options', 'DENY')
    if (isTls) reply.header('strict-transport-security', 'max-age=31536000; includeSubDomains')
    refuseOtherOrigins(request.method, request.headers.origin, request.headers.host, publicUrl)
  })
}

/** Cookies are SameSite=Lax; this holds even in a browser that does not know it. */
function refuseOtherOrigins(
  method: string,
  origin: string | undefined,
  host: string | undefined,
  publicUrl: string,
): void {
  if (origin === undefined || SAFE_METHODS.has(method)) return
  if (origin === new URL(publicUrl).origin) return
  if (URL.canParse(origin) && new URL(origin).host === host) return
  throw new AppError('forbidden', 'Requests that change something have to come from this address itself.')
}
