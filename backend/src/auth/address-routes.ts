import type { FastifyInstance } from 'fastify'
import { MyAddress, TakeAddress } from '@todo/model/api'
import { notFound } from '@todo/platform/errors'
import type { MailRules } from '../channels/recipient.ts'
import { answers, typed } from '../http/api.ts'
import type { RouteDeps } from '../http/api.ts'
import { answerOnce } from '../http/idempotency.ts'
import type { UnitOfWork } from '../context.ts'
import { findPerson } from '../profile/repo.ts'
import { offeredAddress, refuseTaken, takeAddress } from './change-address.ts'

const tags = ['Profile']

/** The address of the person who is signed in. Another one is asked for at `/api/auth/change-email`. */
export async function addressRoutes(
  instance: FastifyInstance,
  { unitOfWork, accesses, rules }: RouteDeps & { rules: MailRules },
): Promise<void> {
  const app = typed(instance)

  app.get('/me/email', {
    schema: {
      tags,
      summary: 'The address, and the one that takes its place when its link is followed',
      response: answers({ 200: MyAddress }),
    },
    handler: (request) => accesses.with(request, ({ userId }) => addressOf(unitOfWork, userId)),
  })

  app.post('/me/email', {
    schema: {
      tags,
      summary: 'Take the address whose link was followed',
      takes: ['Idempotency-Key'],
      body: TakeAddress,
      response: answers({ 200: MyAddress }),
    },
    handler: (request) =>
      accesses.with(request, async ({ userId }) => {
        const { token } = request.body
        const answer = await answerOnce(request, unitOfWork, async (ctx) => {
          await takeAddress(ctx, { userId, token, secret: rules.secret })
          return { status: 200, body: await addressOf({ db: ctx.tx, now: ctx.now }, userId) }
        }).catch(refuseTaken)
        return answer.body
      }),
  })
}

async function addressOf({ db, now }: Pick<UnitOfWork, 'db' | 'now'>, userId: string): Promise<MyAddress> {
  const person = await findPerson(db, userId)
  if (!person) throw notFound('account')
  return { email: person.email, offered: await offeredAddress({ db, now }, userId) }
}
