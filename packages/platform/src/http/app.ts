import fastify, { LogController } from 'fastify'
import type { Tracer } from '@opentelemetry/api'
import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import type { Log } from '../log.ts'
import { notFound } from '../errors.ts'
import { sendProblem } from './problem.ts'
import { serializerCompiler, validatorCompiler } from './schema.ts'
import { RequestSpans } from '../tracing/request-spans.ts'
import { NO_TRACER } from '../tracing/span.ts'

export interface HttpAppOptions {
  log: Log
  /** Bytes; a route may allow itself more. */
  bodyLimit?: number
  /** Whether X-Forwarded-* of the peer are believed: true only behind a proxy of ours. */
  trustProxy?: boolean
  tracer?: Tracer
}

const MIB = 1024 * 1024

/** An empty HTTP app as every service has it: zod schemas, problem documents, the request id is the trace id. */
export function createHttpApp({
  log,
  bodyLimit = MIB,
  trustProxy = false,
  tracer = NO_TRACER,
}: HttpAppOptions): FastifyInstance {
  const spans = new RequestSpans(tracer)
  const logger: FastifyBaseLogger = log
  const app = fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    // Log lines get the trace's id by themselves.
    childLoggerFactory: (parent) => parent,
    bodyLimit,
    trustProxy,
    genReqId: spans.begin,
    forceCloseConnections: 'idle',
    // What fails before a route is found, such as an address with half a percent sign.
    frameworkErrors: (error, request, reply) => void sendProblem(error, request, reply),
    routerOptions: { maxParamLength: 200, ignoreTrailingSlash: true },
  })
  spans.mount(app)
  app.setValidatorCompiler(validatorCompiler as never)
  app.setSerializerCompiler(serializerCompiler as never)
  app.setErrorHandler(sendProblem)
  app.setNotFoundHandler((request, reply) => sendProblem(notFound('address'), request, reply))
  return app
}
