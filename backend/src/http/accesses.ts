import type { FastifyRequest } from 'fastify'
import { LRUCache } from 'lru-cache'
import { AppError } from '@todo/platform/errors'
import { isOfOldAccess, readAccess } from '../access.ts'
import type { Access } from '../access.ts'
import type { UnitOfWork } from '../context.ts'
import { createInbox } from '../lists/use-cases.ts'
import { originOf, sessionOf } from './request-context.ts'

/** How often a request begins again, where the lists of its person change all the time. */
const MAX_TRIES = 5

/** What the person of a request may see. It is remembered, and believed as long as the database says that it holds. */
export class Accesses {
  readonly #unitOfWork: UnitOfWork
  readonly #remembered = new LRUCache<string, Access>({ max: 20_000 })

  constructor(unitOfWork: UnitOfWork) {
    this.#unitOfWork = unitOfWork
  }

  /**
   * Runs a piece of work for a request, and once more with a fresh access when that has changed: its statements say so
   * (see `holds`), and what it does not know may have been made by another replica since.
   */
  async with<T>(request: FastifyRequest, work: (access: Access) => Promise<T>): Promise<T> {
    let access = this.#remembered.get(sessionOf(request).userId) ?? (await this.#read(request))
    for (let tries = 1; ; tries += 1) {
      try {
        return await work(access)
      } catch (error) {
        if (tries === MAX_TRIES || !(isOfOldAccess(error) || isRefusal(error))) throw error
        const now = await this.#read(request)
        if (now.revision === access.revision) throw error
        access = now
      }
    }
  }

  /** A new account gets its Inbox here, whichever request comes first. */
  async #read(request: FastifyRequest): Promise<Access> {
    const { userId } = sessionOf(request)
    const { db, change } = this.#unitOfWork
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

/** By what is known of the lists, and maybe no more. */
function isRefusal(error: unknown): boolean {
  return error instanceof AppError && (error.code === 'not-found' || error.code === 'forbidden')
}
