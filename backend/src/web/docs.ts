import swagger from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'
import type { z } from 'zod'
import { jsonSchema } from '@todo/platform/http/schema'

/** OpenAPI 3.1, made from the schemas of the routes; has to come before them. */
export async function describeApi(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Todo Cloud API',
        version: '1.0.0',
        description:
          'Tasks, lists, tags and what happens to them. Sign in at /api/auth/sign-in/email; the session is a cookie. Every error is an RFC 9457 problem document. POST takes an Idempotency-Key, changes of a task take If-Match.',
      },
      components: { securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'todo-cloud.session_token' } } },
      security: [{ session: [] }],
    },
    transform: ({ schema, url }) => ({ schema: documented(schema as Schemas), url }),
  })
}

interface Schemas {
  body?: z.ZodType
  querystring?: z.ZodType
  params?: z.ZodType
  headers?: z.ZodType
  response?: Record<string, z.ZodType>
}

function documented({ body, querystring, params, headers, response, ...rest }: Schemas): Record<string, unknown> {
  const input = (schema: z.ZodType | undefined, name: string) => (schema ? { [name]: jsonSchema(schema, 'input') } : {})
  return {
    ...rest,
    ...input(body, 'body'),
    ...input(querystring, 'querystring'),
    ...input(params, 'params'),
    ...input(headers, 'headers'),
    ...(response ? { response: documentedAnswers(response) } : {}),
  }
}

function documentedAnswers(response: Record<string, z.ZodType>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(response).map(([status, schema]) => [
      status,
      status === '4xx'
        ? {
            description: 'A problem',
            content: { 'application/problem+json': { schema: jsonSchema(schema, 'output') } },
          }
        : { description: 'Done', ...jsonSchema(schema, 'output') },
    ]),
  )
}

/** The reference to read and try, at /api/docs, loaded only when somebody asks for it. */
export async function docsRoutes(app: FastifyInstance): Promise<void> {
  app.get('/api/openapi.json', { schema: { hide: true } }, async () => app.swagger())
  const { default: reference } = await import('@scalar/fastify-api-reference')
  await app.register(reference, {
    routePrefix: '/api/docs',
    configuration: { url: '/api/openapi.json', withDefaultFonts: false, telemetry: false, hideClientButton: true },
  })
}
