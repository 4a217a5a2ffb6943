import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { MailKind } from '../channels/unsubscribe-token.ts'
import type { UnitOfWork } from '../context.ts'
import { typed } from '../http/api.ts'
import { unsubscribe } from './unsubscribe.ts'

/** Mail programs may add something of theirs to a link. */
const Link = z.object({ token: z.string().max(500, 'must be at most 500 characters') })

const DONE: Record<MailKind, string> = {
  reminders:
    'You get no more reminders by e-mail, and no daily digest. In the settings of the app you can have them again.',
  digest: 'You get no more daily digests by e-mail. In the settings of the app you can have them again.',
}

/**
 * Where the unsubscribe links of mails lead, without a session (RFC 8058). What a mail program posts is not looked at:
 * the token says it all. Opening the link changes nothing, since scanners of mails open every link.
 */
export async function unsubscribeRoutes(
  instance: FastifyInstance,
  { unitOfWork, secret }: { unitOfWork: UnitOfWork; secret: string },
): Promise<void> {
  instance.removeAllContentTypeParsers()
  instance.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, _body, done) => done(null, undefined))
  const app = typed(instance)

  app.post('/unsubscribe', {
    schema: { hide: true, querystring: Link },
    handler: async (request, reply) => {
      const what = await unsubscribe(unitOfWork, request.query.token, secret)
      return reply.header('cache-control', 'no-store').type('text/plain; charset=utf-8').send(`${DONE[what]}\n`)
    },
  })

  app.get('/unsubscribe', {
    schema: { hide: true, querystring: Link },
    handler: (request, reply) => reply.redirect(`/unsubscribe?token=${encodeURIComponent(request.query.token)}`),
  })
}
