import { AbortedTransactionError, CompiledQuery, Kysely, PostgresDialect } from 'kysely'
import type { Transaction } from 'kysely'
import type pg from 'pg'

export interface OpenTransaction<Tables> {
  tx: Transaction<Tables>
  /**
   * For a statement whose answer nobody needs before the commit: it leaves in one packet with what follows it, and when
   * it fails, the transaction fails with its error.
   */
  sendAlong: (statement: Promise<unknown>) => void
}

/**
 * Runs a piece of work in a transaction. Statements go to the server in the order in which they are made, without
 * waiting for the answers of those before: BEGIN with the first one, and COMMIT with what was sent along. A wait for an
 * answer is a third of what a small write costs here.
 */
export async function inTransaction<Tables, T>(
  pool: pg.Pool,
  work: (open: OpenTransaction<Tables>) => Promise<T>,
): Promise<T> {
  const client = await pool.connect()
  const tx = kyselyOn<Tables>(client)
  const sent: Promise<unknown>[] = []
  const sendAlong = (statement: Promise<unknown>) => {
    // It is looked at before the end of the transaction.
    statement.catch(() => undefined)
    sent.push(statement)
  }
  let broken: Error | undefined
  try {
    sendAlong(tx.executeQuery(CompiledQuery.raw('begin')))
    const result = await work({ tx, sendAlong })
    sendAlong(commit(tx))
    await Promise.all(sent)
    return result
  } catch (error) {
    broken = await rollBack(tx)
    throw (await firstFailure(sent, error)) ?? error
  } finally {
    client.release(broken)
  }
}

async function commit<Tables>(tx: Kysely<Tables>): Promise<void> {
  const { rows } = await tx.executeQuery<{ command?: string }>(CompiledQuery.raw('commit'))
  // PostgreSQL's answer where a statement before has failed and nobody has said so.
  if (rows[0]?.command === 'ROLLBACK') throw new AbortedTransactionError()
}

/** Why the connection cannot be used any more; undefined when it can. */
async function rollBack<Tables>(tx: Kysely<Tables>): Promise<Error | undefined> {
  return tx.executeQuery(CompiledQuery.raw('rollback')).then(
    () => undefined,
    (error: Error) => error,
  )
}

const IN_FAILED_TRANSACTION = '25P02'

/** What really went wrong, where `error` only says that something before did. */
async function firstFailure(sent: Promise<unknown>[], error: unknown): Promise<unknown> {
  if ((error as { code?: string }).code !== IN_FAILED_TRANSACTION) return undefined
  const settled = await Promise.allSettled(sent)
  return settled.find((statement) => statement.status === 'rejected')?.reason
}

const ofClients = new WeakMap<pg.PoolClient, Kysely<unknown>>()

/** Kysely's own transactions wait for each answer before they send the next statement. */
function kyselyOn<Tables>(client: pg.PoolClient): Transaction<Tables> {
  let kysely = ofClients.get(client)
  if (!kysely) {
    const lent = { query: client.query.bind(client), release: () => {} } as unknown as pg.PoolClient
    const pool = { connect: async () => lent, end: async () => {}, options: {} }
    kysely = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
    ofClients.set(client, kysely)
  }
  // Work inside of a transaction asks for its type, so that it is not given the pool by mistake.
  return kysely as unknown as Transaction<Tables>
}
