import { CompiledQuery } from 'kysely'
import type { Kysely, Transaction } from 'kysely'
import type { TodoEvent } from '@todo/model/events'
import type { Database } from '@todo/platform/db'
import { AppError } from '@todo/platform/errors'
import type { Log } from '@todo/platform/log'
import { Outbox } from '@todo/platform/outbox'
import type { Emit, SqlRunner } from '@todo/platform/outbox'
import type { Relay } from '@todo/platform/relay'
import { currentTraceparent } from '@todo/platform/tracing/trace-context'
import { inTransaction } from '@todo/platform/transaction'
import type { OpenTransaction } from '@todo/platform/transaction'
import type { Tables } from './tables.ts'

/** Who asked for a change, and from where: history, undo and a tab's own echoes read it. */
export interface Origin {
  actor: { kind: 'user' | 'system'; id: string }
  clientId: string | null
  mutationId: string | null
  batchId: string | null
}

/** Of a person, by no tab or program of theirs. */
export function personOrigin(userId: string): Origin {
  return { actor: { kind: 'user', id: userId }, clientId: null, mutationId: null, batchId: null }
}

export type Tx = Transaction<Tables>

/** What a use case works with: one transaction, and what it wants to say when that commits. */
export interface Ctx extends OpenTransaction<Tables> {
  emit: Emit
  jobs: Pick<Outbox, 'schedule' | 'cancel'>
  now: () => Date
  log: Log
  origin: Origin
}

export type Work<T> = (ctx: Ctx) => Promise<T>

/** Runs a use case in a transaction; its events are in the outbox when it commits, and nowhere when it does not. */
export interface UnitOfWork {
  db: Kysely<Tables>
  now: () => Date
  change: <T>(origin: Origin, work: Work<T>) => Promise<T>
  /** The same for an event's effect: nothing happens when this event had its effect before. */
  handleOnce: (event: TodoEvent, work: Work<void>) => Promise<void>
}

interface UnitOfWorkOptions {
  database: Pick<Database, 'pool' | 'kysely'>
  relay: Pick<Relay, 'wake'>
  now: () => Date
  log: Log
}

const DEADLOCK = '40P01'
/** What a row needs is not there: who it points at, or the owner of its list, whom a trigger looks up. */
const NEEDS_THE_GONE = new Set(['23503', '23502'])
const MAX_TRIES = 4

export function createUnitOfWork(options: UnitOfWorkOptions): UnitOfWork {
  const db = options.database.kysely<Tables>()
  const change: UnitOfWork['change'] = (origin, work) => tryChange({ ...options, db }, origin, work)
  return {
    db,
    now: options.now,
    change,
    handleOnce: (event, work) =>
      change(systemOrigin(event), async (ctx) => {
        if (await isFirstDelivery(ctx, event.id)) await work(ctx)
      }),
  }
}

type Parts = UnitOfWorkOptions & { db: Kysely<Tables> }

async function tryChange<T>(parts: Parts, origin: Origin, work: Work<T>, tries = 1): Promise<T> {
  try {
    return await changeOnce(parts, origin, work)
  } catch (error) {
    const { code } = error as { code?: string }
    if (code && NEEDS_THE_GONE.has(code)) await refuseTheGone(parts.db, origin, error)
    // Two bulk changes that lock the same rows: PostgreSQL ended one of them, which is as good as new.
    if (code !== DEADLOCK || tries >= MAX_TRIES) throw error
    return tryChange(parts, origin, work, tries + 1)
  }
}

/** What the change stands on went with the account, while the request was on its way. */
async function refuseTheGone(db: Kysely<Tables>, { actor }: Origin, cause: unknown): Promise<void> {
  if (actor.kind !== 'user') return
  const person = await db.selectFrom('user').select('id').where('id', '=', actor.id).executeTakeFirst()
  if (!person) throw new AppError('not-signed-in', 'This account was deleted.', { cause })
}

async function changeOnce<T>({ database, relay, now, log }: Parts, origin: Origin, work: Work<T>): Promise<T> {
  const outbox = new Outbox('backend', now, currentTraceparent())
  const result = await inTransaction<Tables, T>(database.pool, async ({ tx, sendAlong }) => {
    const answer = await work({ tx, sendAlong, emit: outbox.emit, jobs: outbox, now, log, origin })
    if (!outbox.isEmpty) sendAlong(() => outbox.flush(sqlRunner(tx)))
    return answer
  })
  if (!outbox.isEmpty) relay.wake()
  return result
}

/** The transaction, for what the platform keeps in the same database. */
export function sqlRunner(tx: Tx): SqlRunner {
  return { query: (text, values) => tx.executeQuery(CompiledQuery.raw(text, values)) }
}

async function isFirstDelivery({ tx }: Ctx, eventId: string): Promise<boolean> {
  const inserted = await tx
    .insertInto('inbox')
    .values({ consumer: 'backend', event_id: eventId })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return Number(inserted.numInsertedOrUpdatedRows) === 1
}

function systemOrigin(event: TodoEvent): Origin {
  const id = event.source.replace('/todo-cloud/', '')
  return { actor: { kind: 'system', id }, clientId: null, mutationId: null, batchId: null }
}
