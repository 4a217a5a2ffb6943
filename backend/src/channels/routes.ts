import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import { Channel, ChannelList, CreateChannel, CreatedChannel, PatchChannel } from '@todo/model/channels'
import { IdOut } from '@todo/model/primitives'
import { seal, unseal } from '@todo/platform/seal'
import { vapidKeys } from '@todo/platform/vapid'
import { NoBody, answers, typed } from '../http/api.ts'
import type { RouteDeps } from '../http/api.ts'
import { answerOnce } from '../http/idempotency.ts'
import { originOf, sessionOf } from '../http/request-context.ts'
import { ChannelId } from './channel-id.ts'
import type { MailRules } from './recipient.ts'
import { testChannel } from './test-channel.ts'
import { changeChannel, createChannel, deleteChannel, listChannels } from './use-cases.ts'

const tags = ['Channels']
const params = z.strictObject({ id: ChannelId })

type TypedApp = ReturnType<typeof typed>

interface ChannelDeps extends Pick<RouteDeps, 'unitOfWork'> {
  /** Their secret seals, too, and makes the keys of web push. */
  rules: MailRules
}

export async function channelRoutes(instance: FastifyInstance, deps: ChannelDeps): Promise<void> {
  const { unitOfWork, rules } = deps
  const app = typed(instance)
  const pushKey = vapidKeys(rules.secret).publicKey

  app.get('/channels', {
    schema: { tags, summary: 'The ways to reach the person', response: answers({ 200: ChannelList }) },
    handler: async (request) => ({ items: await listChannels(unitOfWork.db, sessionOf(request).userId), pushKey }),
  })

  app.patch('/channels/:id', {
    schema: {
      tags,
      summary: 'Rename a channel, or switch it on or off',
      params,
      body: PatchChannel,
      response: answers({ 200: Channel }),
    },
    handler: async (request) => {
      const input = { userId: sessionOf(request).userId, channelId: request.params.id, patch: request.body }
      return unitOfWork.change(originOf(request), (ctx) => changeChannel(ctx, input))
    },
  })

  app.delete('/channels/:id', {
    schema: { tags, summary: 'Remove a channel', params, response: answers({ 204: z.null() }) },
    handler: async (request, reply) => {
      const input = { userId: sessionOf(request).userId, channelId: request.params.id }
      await unitOfWork.change(originOf(request), (ctx) => deleteChannel(ctx, input))
      return reply.code(204).send(null)
    },
  })

  addRoute(app, deps)
  testRoute(app, deps)
}

function addRoute(app: TypedApp, { unitOfWork, rules: { secret } }: ChannelDeps): void {
  app.post('/channels', {
    schema: {
      tags,
      summary: 'Add a channel',
      description: 'One that leads to where another one leads already is that one, and is switched on.',
      takes: ['Idempotency-Key'],
      body: CreateChannel,
      response: answers({ 200: CreatedChannel, 201: CreatedChannel }),
    },
    handler: async (request, reply) => {
      const { userId } = sessionOf(request)
      const sealing = { secret, userId }
      const { status, body } = await answerOnce(request, unitOfWork, async (ctx) => {
        const { channel, created, signingSecret } = await createChannel(ctx, { input: request.body, ...sealing })
        // The answer is kept for a while, so that the same request again gets it.
        const sealed = signingSecret === null ? null : seal(signingSecret, sealing)
        return { status: created ? 201 : 200, body: { ...channel, secret: sealed } }
      })
      return reply
        .code(status === 201 ? 201 : 200)
        .send({ ...body, secret: body.secret && unseal(body.secret, sealing) })
    },
  })
}

function testRoute(app: TypedApp, { unitOfWork, rules }: ChannelDeps): void {
  app.post('/channels/:id/test', {
    schema: {
      tags,
      summary: 'Send a test by a channel',
      description: 'What becomes of it is the lastTry of the channel. Five in a minute, by all channels together.',
      takes: ['Idempotency-Key'],
      params,
      body: NoBody,
      response: answers({ 202: z.object({ testId: IdOut }) }),
    },
    handler: async (request, reply) => {
      const input = { userId: sessionOf(request).userId, channelId: request.params.id, rules }
      const { body } = await answerOnce(request, unitOfWork, async (ctx) => ({
        status: 202,
        body: await testChannel(ctx, input),
      }))
      return reply.code(202).send(body)
    },
  })
}
