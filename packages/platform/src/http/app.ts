import fastify, { LogController } from 'fastify'
import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import type { Log } from '../log.ts'
import { notFound } from '../errors.ts'
import { sendProblem } from './problem.ts'
import { serializerCompiler, validatorCompiler } from './schema.ts'
import { newTraceId, traceIdOf } from './trace.ts'

export interface HttpAppOptions {
  log: Log
  /** Bytes; a route may allow itself more. */
  bodyLimit?: number
  /** Whether X-Forwarded-* of the peer are believed: true only behind a proxy of ours. */
  trustProxy?: boolean
}

const MIB = 1024 * 1024

/** An empty HTTP app as every service has it: zod schemas, problem documents, the request id is the trace id. */
export function createHttpApp({ log, bodyLimit = MIB, trustProxy = false }: HttpAppOptions): FastifyInstance {
  const logger: FastifyBaseLogger = log
  const app = fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'traceId' }),
    bodyLimit,
    trustProxy,
    genReqId: (request) => traceIdOf(request.headers.traceparent) ?? newTraceId(),
    forceCloseConnections: 'idle',
    // What fails before a route is found, such as an address with half a percent sign.
    frameworkErrors: (error, request, reply) => void sendProblem(error, request, reply),
    routerOptions: { maxParamLength: 200, ignoreTrailingSlash: true },
  })
  app.setValidatorCompiler(validatorCompiler as never)
  app.setSerializerCompiler(serializerCompiler as never)
  app.setErrorHandler(sendProblem)
  app.setNotFoundHandler((request, reply) => sendProblem(notFound('address'), request, reply))
  return app
}
