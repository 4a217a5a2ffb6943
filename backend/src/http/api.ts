import type { FastifyInstance, FastifyReply } from 'fastify'
import '@fastify/swagger'
import { z } from 'zod'
import { Problem } from '@todo/model/api'
import { Id } from '@todo/model/primitives'
import type { ZodTypes } from '@todo/platform/http/schema'
import { invalidField } from '@todo/platform/errors'
import type { UnitOfWork } from '../context.ts'
import type { Accesses } from './accesses.ts'

/** What every group of routes is given. */
export interface RouteDeps {
  unitOfWork: UnitOfWork
  accesses: Accesses
}

/** An app whose routes are typed by their zod schemas. */
export type Api = ReturnType<FastifyInstance['withTypeProvider']> & FastifyInstance

export function typed(app: FastifyInstance) {
  return app.withTypeProvider<ZodTypes>()
}

export const IdParams = z.strictObject({ id: Id })

/** A body that may be left out: the address says it all. */
export const NoBody = z.strictObject({}).nullish()

/** Answers of a route for the documentation: what it gives, and that errors are problem documents. */
export function answers<T extends Record<number, z.ZodType>>(ok: T): T & { '4xx': typeof Problem } {
  return { ...ok, '4xx': Problem }
}

declare module 'fastify' {
  interface FastifySchema {
    /** Headers that the route reads, beside those that all do. */
    takes?: TakenHeader[]
  }
}

/** `ifMatch` reads the first, `answerOnce` the second, and the live stream the third. */
export type TakenHeader = 'If-Match' | 'Idempotency-Key' | 'Last-Event-ID'

/** Sends what has a version, with it as ETag. */
export function sendVersioned<T extends { version: number }>(reply: FastifyReply, body: T, status = 200): T {
  reply.code(status).header('etag', `"${body.version}"`)
  return body
}

/** Sends what is written as JSON already. */
export function sendJson(reply: FastifyReply, json: string): FastifyReply {
  return reply.type('application/json; charset=utf-8').send(json)
}

/** The version in `If-Match: "7"`; undefined when there is none, or it is `*`. */
export function ifMatch(header: string | string[] | undefined): number | undefined {
  if (header === undefined || header === '*') return undefined
  const version = /^(?:W\/)?"(\d{1,9})"$/.exec(String(header))?.[1]
  if (version === undefined) throw invalidField('If-Match', 'must be the ETag of what is changed, such as "7"')
  return Number(version)
}
