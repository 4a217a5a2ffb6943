import swagger from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'
import type { z } from 'zod'
import { Problem } from '@todo/model/api'
import { jsonSchema } from '@todo/platform/http/schema'
import type { TakenHeader } from '../http/api.ts'

/** OpenAPI 3.1, made from the schemas of the routes; has to come before them. */
export async function describeApi(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Todo Cloud API',
        version: '1.0.0',
        description:
          'Tasks, lists, tags and what happens to them. Sign in at /api/auth/sign-in/email; the session is a cookie. Every error is an RFC 9457 problem document. Every POST under /api/v1 takes an Idempotency-Key: sent again with the same key within 24 hours, it has one effect and gets the same answer. Only /recurrence/preview takes none, since it changes nothing and answers the same by itself; nor do those under /api/auth, where a second sign-in is another session. Changes of a task or a list take If-Match.',
      },
      components: { securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'todo-cloud.session_token' } } },
      security: [{ session: [] }],
    },
    transform: ({ schema, url }) => ({ schema: documented(schema as Schemas), url }),
  })
}

interface Schemas {
  takes?: TakenHeader[]
  body?: z.ZodType
  querystring?: z.ZodType
  params?: z.ZodType
  response?: Record<string, z.ZodType>
}

/** What a header does, and how it is answered when it does not fit. */
const HEADERS: Record<TakenHeader, { schema: object; refusal?: { status: string; answer: string } }> = {
  'If-Match': {
    schema: {
      type: 'string',
      description: 'ETag of the task as you saw it, such as "7"; left out: whatever it is now',
    },
    refusal: {
      status: '409',
      answer: 'The task is of another version, which is in `current`, or its state does not allow this',
    },
  },
  'Idempotency-Key': {
    schema: {
      type: 'string',
      minLength: 1,
      maxLength: 255,
      description: 'Names this request, such as a UUID: sent again with the same key, it happens once',
    },
    refusal: { status: '422', answer: 'The key came with another request before' },
  },
  'Last-Event-ID': {
    schema: { type: 'string', description: 'The id of the last event that arrived: what came since is sent first' },
  },
}

function documented({ takes = [], body, querystring, params, response, ...rest }: Schemas): Record<string, unknown> {
  const input = (schema: z.ZodType | undefined, name: string) => (schema ? { [name]: jsonSchema(schema, 'input') } : {})
  return {
    ...rest,
    ...input(body, 'body'),
    ...input(querystring, 'querystring'),
    ...input(params, 'params'),
    ...(takes.length > 0 ? { headers: documentedHeaders(takes) } : {}),
    ...(response ? { response: { ...documentedAnswers(response), ...headerAnswers(takes) } } : {}),
  }
}

function documentedHeaders(takes: TakenHeader[]): object {
  return { type: 'object', properties: Object.fromEntries(takes.map((name) => [name, HEADERS[name].schema])) }
}

function headerAnswers(takes: TakenHeader[]): Record<string, unknown> {
  const refusals = takes.flatMap((name) => HEADERS[name].refusal ?? [])
  return Object.fromEntries(refusals.map(({ status, answer }) => [status, problem(answer)]))
}

function problem(description: string): object {
  return { description, content: { 'application/problem+json': { schema: jsonSchema(Problem, 'output') } } }
}

function documentedAnswers(response: Record<string, z.ZodType>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(response).map(([status, schema]) => [
      status,
      status === '4xx' ? problem('A problem') : documentedContent(schema),
    ]),
  )
}

/** JSON, where a schema does not say otherwise. */
function documentedContent(schema: z.ZodType): object {
  const { contentType, description = 'Done' } = schema.meta() ?? {}
  if (typeof contentType !== 'string') return { description: 'Done', ...jsonSchema(schema, 'output') }
  return { description, content: { [contentType]: { schema: { type: 'string' } } } }
}

/** The reference to read and try, at /api/docs, loaded only when somebody asks for it. */
export async function docsRoutes(app: FastifyInstance): Promise<void> {
  app.get('/api/openapi.json', { schema: { hide: true } }, async () => app.swagger())
  const { default: reference } = await import('@scalar/fastify-api-reference')
  await app.register(reference, {
    routePrefix: '/api/docs',
    configuration: {
      url: '/api/openapi.json',
      withDefaultFonts: false,
      telemetry: false,
      hideClientButton: true,
      // Nothing that would send the document to somebody else.
      showDeveloperTools: 'never',
      agent: { disabled: true },
      mcp: { disabled: true },
    },
  })
}
