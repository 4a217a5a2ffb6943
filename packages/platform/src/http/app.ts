import type { IncomingMessage } from 'node:http'
import fastify, { LogController } from 'fastify'
import type { Tracer } from '@opentelemetry/api'
import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import type { Log } from '../log.ts'
import { AppError, PROBLEMS, invalidField, notFound } from '../errors.ts'
import { answerBrokenRequest } from './broken-request.ts'
import { sendProblem } from './problem.ts'
import { serializerCompiler, validatorCompiler } from './schema.ts'
import { RequestSpans } from '../tracing/request-spans.ts'
import { NO_TRACER } from '../tracing/span.ts'

import { trustOf } from '../trust-proxy.ts'
import type { ProxyTrust } from '../trust-proxy.ts'

export interface HttpAppOptions {
  log: Log
  /** Bytes; a route may allow itself more. */
  bodyLimit?: number
  /** Whose X-Forwarded-* headers are believed. */
  trustProxy?: ProxyTrust
  tracer?: Tracer
}

const MIB = 1024 * 1024
/** Bytes of a body that is too large: who sends more may find the line closed, and no answer. */
const MOST_HEARD = 64 * MIB
/** How long a request may take to arrive, in ms: Node's own limit, which Fastify would switch off. */
const REQUEST_MS = 300_000

const COMPILERS = {
  buildValidator: () => validatorCompiler as never,
  buildSerializer: () => serializerCompiler as never,
}

/** An empty HTTP app as every service has it: zod schemas, problem documents, the request id is the trace id. */
export function createHttpApp({
  log,
  bodyLimit = MIB,
  trustProxy = 0,
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
    requestTimeout: REQUEST_MS,
    trustProxy: trustOf(trustProxy),
    genReqId: spans.begin,
    forceCloseConnections: 'idle',
    // What fails before a route is found, such as an address with half a percent sign.
    frameworkErrors: (error, request, reply) => void sendProblem(error, request, reply),
    // What fails before it is a request.
    clientErrorHandler: answerBrokenRequest,
    // Without a Host, Node would answer by itself: not with a problem.
    http: { requireHostHeader: false },
    // A request that was on its way when the close began is answered, and its connection ends with that.
    return503OnClosing: false,
    // In place of those that Fastify would load.
    schemaController: { compilersFactory: COMPILERS },
    routerOptions: { maxParamLength: 200, ignoreTrailingSlash: true },
  })
  spans.mount(app)
  refuseAtTheDoor(app)
  hearOutWhatIsTooLarge(app)
  readJsonAsUtf8(app)
  app.setErrorHandler(sendProblem)
  app.setNotFoundHandler((request, reply) => sendProblem(notFound('address'), request, reply))
  return app
}

/** JSON is UTF-8 (RFC 8259 §8.1): what is not would be kept with its letters lost. */
function readJsonAsUtf8(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error')
  const decoder = new TextDecoder('utf-8', { fatal: true })
  app.removeContentTypeParser('application/json')
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    let text: string
    try {
      text = decoder.decode(body as Buffer)
    } catch (cause) {
      return done(new AppError('invalid-request', 'The body is not UTF-8: encode it so.', { cause }), undefined)
    }
    void parse(request, text, done)
  })
}

/** What is refused whatever it asks for. */
function refuseAtTheDoor(app: FastifyInstance): void {
  app.addHook('onRequest', async ({ raw }, reply) => {
    if (raw.headers.host === undefined && raw.httpVersion === '1.1') throw invalidField('Host', 'is missing')
    const { expect } = raw.headers
    if (expect === undefined || expect.toLowerCase() === '100-continue') return
    reply.header('connection', 'close')
    throw new AppError('expectation-failed', 'Only Expect: 100-continue is understood: leave it out.')
  })
  // Left to itself, Node answers with nothing in it.
  app.server.on('checkExpectation', (request, response) => app.server.emit('request', request, response))
}

/**
 * A line that is closed while the other side still writes breaks, and takes the answer with it (RFC 9112 §9.6): a body
 * that is too large is taken to its end and thrown away, and then it is said why.
 */
function hearOutWhatIsTooLarge(app: FastifyInstance): void {
  app.addHook('onSend', async ({ raw }, reply) => {
    if (reply.statusCode === PROBLEMS['too-large'].status) await heardOut(raw)
  })
}

/** When the request has ended or broken off, or goes on for too long. */
function heardOut(request: IncomingMessage): Promise<void> {
  if (request.complete || request.readableEnded || request.destroyed) return Promise.resolve()
  const { promise, resolve } = Promise.withResolvers<void>()
  let bytes = 0
  request.on('data', ({ length }: Buffer) => {
    bytes += length
    if (bytes > MOST_HEARD) resolve()
  })
  request.once('end', resolve).once('close', resolve).resume()
  return promise
}
