import { setTimeout } from 'node:timers/promises'
import type { FastifyRequest } from 'fastify'
import { LRUCache } from 'lru-cache'
import { AppError } from '@todo/platform/errors'
import { holdAccess, isOfOldAccess, readAccess } from '../access.ts'
import type { Access, WithAccess } from '../access.ts'
import type { UnitOfWork } from '../context.ts'
import { createInbox } from '../lists/use-cases.ts'
import { originOf, sessionOf } from './request-context.ts'

/** How often a request begins again; after that the lists of its person wait for it. */
const FREE_TRIES = 3
/** For the first statement of a work, which settles it. What waits for the work, and not it for them, waits no longer. */
const HELD_MS = 1_000

/** What the person of a request may see. It is remembered, and believed as long as the database says that it holds. */
export class Accesses {
  readonly #unitOfWork: UnitOfWork
  readonly #remembered = new LRUCache<string, Access>({ max: 20_000 })

  constructor(unitOfWork: UnitOfWork) {
    this.#unitOfWork = unitOfWork
  }

  /**
   * Runs a piece of work for a request, and again with a fresh access when that has changed: its statements say so (see
   * `holds`), and what it refuses by an old one may be right by now. The work is one transaction, or has no effect, or is
   * safe to begin again. @throws AppError `unavailable` when its first statement takes longer than a second
   */
  async with<T>(request: FastifyRequest, work: (access: Access) => Promise<T>): Promise<T> {
    let access = this.#remembered.get(sessionOf(request).userId) ?? (await this.#read(request))
    for (let tries = 1; tries <= FREE_TRIES; tries += 1) {
      try {
        return await work(access)
      } catch (error) {
        if (!isOfOldAccess(error) && !isRefusal(error)) throw error
        const now = await this.#read(request)
        if (now.revision === access.revision) throw error
        access = now
      }
    }
    return this.#undisturbed(request, work)
  }

  /** `with` for one request, to be handed on. */
  of(request: FastifyRequest): WithAccess {
    return (work) => this.with(request, work)
  }

  /** Where the lists change all the time, as by a program: their next change is not done before the work has begun. */
  async #undisturbed<T>(request: FastifyRequest, work: (access: Access) => Promise<T>): Promise<T> {
    const holding = this.#unitOfWork.db.transaction().execute(async (tx) => {
      await holdAccess(tx, sessionOf(request).userId)
      const working = work(await this.#read(request, tx))
      // The work may change lists itself, and would wait for its own end.
      await Promise.race([working.catch(() => undefined), setTimeout(HELD_MS, undefined, { ref: false })])
      return { working }
    })
    try {
      const { working } = await holding
      return await working
    } catch (error) {
      throw isOfOldAccess(error) ? alwaysChanging(error) : error
    }
  }

  /** A new account gets its Inbox here, whichever request comes first. */
  async #read(request: FastifyRequest, db = this.#unitOfWork.db): Promise<Access> {
    const { userId } = sessionOf(request)
    const { change } = this.#unitOfWork
    let access = await readAccess(db, userId)
    if (!access) {
      await change(originOf(request), (ctx) => createInbox(ctx, userId))
      access = await readAccess(db, userId)
    }
    if (!access) throw new AppError('not-signed-in', 'This account was deleted.')
    this.#remembered.set(userId, access)
    return access
  }
}

/** By what was known of the lists or the zone, and may be otherwise. */
function isRefusal(error: unknown): boolean {
  return error instanceof AppError && error.status < 500
}

function alwaysChanging(cause: unknown): AppError {
  return new AppError('unavailable', 'Your lists change all the time: try again in a moment.', { cause })
}
