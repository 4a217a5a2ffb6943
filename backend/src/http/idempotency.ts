import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import { AppError, invalidField } from '@todo/platform/errors'
import type { Ctx, UnitOfWork, Work } from '../context.ts'
import { originOf, sessionOf } from './request-context.ts'

export interface Answer<T> {
  status: number
  body: T
}

/**
 * Runs a change for a request. With an `Idempotency-Key` the answer is kept in the same transaction, and the same
 * request again gets it without a second effect; of two at once, the later waits for the earlier.
 */
export async function answerOnce<T>(
  request: FastifyRequest,
  unitOfWork: UnitOfWork,
  work: Work<Answer<T>>,
): Promise<Answer<T>> {
  const key = requestKey(request)
  return unitOfWork.change(originOf(request), (ctx) => (key ? once(ctx, key, work) : work(ctx)))
}

/** A request's `Idempotency-Key`, with what it may stand for. */
export interface RequestKey {
  userId: string
  key: string
  hash: string
}

/** Null for a request without one. */
export function requestKey(request: FastifyRequest): RequestKey | null {
  const key = request.headers['idempotency-key']
  if (key === undefined) return null
  if (typeof key !== 'string' || key.length < 1 || key.length > 255) {
    throw invalidField('Idempotency-Key', 'must be 1 to 255 characters, such as a UUID')
  }
  return { userId: sessionOf(request).userId, key, hash: requestHash(request) }
}

/** Work that has its effect once under a key; later it is answered as it was then. */
export async function once<T>(ctx: Ctx, requested: RequestKey, work: Work<Answer<T>>): Promise<Answer<T>> {
  const { userId, key, hash } = requested
  const known = await claimKey(ctx, userId, key, hash)
  if (known) return known as Answer<T>
  const answer = await work(ctx)
  await ctx.tx
    .updateTable('idempotency')
    .set({ status: answer.status, body: JSON.stringify(answer.body ?? null) })
    .where('user_id', '=', userId)
    .where('key', '=', key)
    .execute()
  return answer
}

function requestHash({ method, url, body }: FastifyRequest): string {
  const hash = createHash('sha256').update(`${method} ${url}\n`)
  return hash.update(body instanceof Uint8Array ? body : JSON.stringify(body ?? null)).digest('base64url')
}

/** Null when this request is the first with its key. */
async function claimKey({ tx }: Ctx, userId: string, key: string, hash: string): Promise<Answer<unknown> | null> {
  const inserted = await tx
    .insertInto('idempotency')
    .values({ user_id: userId, key, request_hash: hash })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  if (Number(inserted.numInsertedOrUpdatedRows) === 1) return null
  const { rows } = await sql<{ request_hash: string; status: number; body: unknown }>`
    select request_hash, status, body from idempotency where user_id = ${userId} and key = ${key}`.execute(tx)
  const [known] = rows
  if (known?.request_hash !== hash) {
    throw new AppError(
      'idempotency-mismatch',
      'This key came with another request before: make a new key for a new request.',
    )
  }
  return { status: known.status, body: known.body }
}
