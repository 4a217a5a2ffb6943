import type { FastifyInstance } from 'fastify'
import { PatchProfile, Profile } from '@todo/model/api'
import { notFound } from '@todo/platform/errors'
import type { MailRules } from '../channels/recipient.ts'
import { answers, typed } from '../http/api.ts'
import type { RouteDeps } from '../http/api.ts'
import { originOf } from '../http/request-context.ts'
import { findPerson } from './repo.ts'
import { toProfile, updateProfile } from './use-cases.ts'

const tags = ['Profile']

export async function profileRoutes(
  instance: FastifyInstance,
  { unitOfWork, accesses, rules }: RouteDeps & { rules: MailRules },
): Promise<void> {
  const app = typed(instance)

  app.get('/me', {
    schema: { tags, summary: 'The person who is signed in', response: answers({ 200: Profile }) },
    handler: (request) =>
      accesses.with(request, async ({ userId, inboxId }) => {
        const person = await findPerson(unitOfWork.db, userId)
        if (!person) throw notFound('account')
        return toProfile(person, { inboxId, rules })
      }),
  })

  app.patch('/me', {
    schema: { tags, summary: 'Change the profile', body: PatchProfile, response: answers({ 200: Profile }) },
    handler: (request) =>
      accesses.with(request, (access) =>
        unitOfWork.change(originOf(request), (ctx) => updateProfile(ctx, { access, patch: request.body, rules })),
      ),
  })
}
