import type { FastifyRequest } from 'fastify'
import { LRUCache } from 'lru-cache'
import { AppError } from '@todo/platform/errors'
import { accessTo, visibleLists } from '../access.ts'
import type { Access, VisibleList } from '../access.ts'
import type { UnitOfWork } from '../context.ts'
import { createInbox } from '../lists/use-cases.ts'
import { originOf, sessionOf } from './request-context.ts'

/**
 * How long the lists that a person may see are believed here when another replica changed them and its notice has not
 * come: asking the database each time was a third of what reading a task costs.
 */
const STALE_MS = 10_000

/** What the person of a request may see, resolved once per request at most. */
export class Accesses {
  readonly #unitOfWork: UnitOfWork
  #forgotten = 0
  readonly #lists = new LRUCache<string, VisibleList[]>({ max: 20_000, ttl: STALE_MS })

  constructor(unitOfWork: UnitOfWork) {
    this.#unitOfWork = unitOfWork
  }

  /** Runs a piece of work for a request. What is not found with remembered lists is looked for once more with fresh ones. */
  async with<T>(request: FastifyRequest, work: (access: Access) => Promise<T>): Promise<T> {
    const session = sessionOf(request)
    const remembered = this.#lists.get(session.userId)
    if (!remembered) return work(accessTo(session, await this.#resolve(request)))
    try {
      return await work(accessTo(session, remembered))
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'not-found') throw error
      return work(accessTo(session, await this.#resolve(request)))
    }
  }

  /** After anything that changes who sees which list. */
  forget(userIds: string[]): void {
    this.#forgotten += 1
    for (const userId of userIds) this.#lists.delete(userId)
  }

  /** A new account gets its Inbox here, whichever request comes first. */
  async #resolve(request: FastifyRequest): Promise<VisibleList[]> {
    const { userId } = sessionOf(request)
    const forgotten = this.#forgotten
    let lists = await visibleLists(this.#unitOfWork.db, userId)
    if (!lists.some((list) => list.isInbox && list.ownerId === userId)) {
      await this.#unitOfWork.change(originOf(request), (ctx) => createInbox(ctx, userId))
      lists = await visibleLists(this.#unitOfWork.db, userId)
    }
    // A change in between may be missing in what was read.
    if (forgotten === this.#forgotten) this.#lists.set(userId, lists)
    return lists
  }
}
