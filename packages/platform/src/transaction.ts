import { AbortedTransactionError, DefaultQueryExecutor, PostgresDialect, Transaction } from 'kysely'
import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely'
import type pg from 'pg'

export interface OpenTransaction<Tables> {
  tx: Transaction<Tables>
  /**
   * For one statement whose answer nobody needs before the commit: it leaves in one packet with what follows it, and when
   * it fails, the transaction fails with its error. It has to be sent within the call.
   */
  sendAlong: (send: () => Promise<unknown>) => void
}

/** A process that stops in the middle (frozen, cut off) gives back the rows that it has locked, and holds nobody up. */
const BEGIN = `begin; set local idle_in_transaction_session_timeout = '10s'`

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
  const { tx, connection } = kyselyOn<Tables>(pool, client)
  const sent: Promise<unknown>[] = []
  const follow = (statement: Promise<unknown>) => {
    // It is looked at before the end of the transaction.
    statement.catch(() => undefined)
    sent.push(statement)
  }
  const sendAlong = (send: () => Promise<unknown>) => {
    const before = connection.statements
    follow(send())
    // What comes to the server after the COMMIT would be no part of it.
    if (connection.statements === before) throw new NothingSentError('a statement was not sent along, but later')
  }
  let broken: Error | undefined
  try {
    follow(client.query(BEGIN))
    const result = await work({ tx, sendAlong })
    follow(commit(client))
    // In their order, so that what is told is the first that failed, and not what followed from it.
    for (const statement of sent) await statement
    return result
  } catch (error) {
    broken = await rollBack(client)
    throw (await firstFailure(sent, error)) ?? error
  } finally {
    client.release(broken)
  }
}

async function commit(client: pg.PoolClient): Promise<void> {
  const { command } = await client.query('commit')
  // PostgreSQL's answer where a statement before has failed and nobody has said so.
  if (command === 'ROLLBACK') throw new AbortedTransactionError()
}

/** Why the connection cannot be used any more; undefined when it can. */
function rollBack(client: pg.PoolClient): Promise<Error | undefined> {
  return client.query('rollback').then(
    () => undefined,
    (error: Error) => error,
  )
}

class NothingSentError extends Error {}

/** In a failed transaction nothing runs, and what was to be prepared there is not known after it. */
const FOLLOWS_A_FAILURE = new Set(['25P02', '26000'])

/** What really went wrong, where `error` only says that something before did. */
async function firstFailure(sent: Promise<unknown>[], error: unknown): Promise<unknown> {
  const follows = FOLLOWS_A_FAILURE.has((error as { code?: string }).code ?? '')
  if (!follows && !(error instanceof NothingSentError)) return undefined
  const settled = await Promise.allSettled(sent)
  return settled.find((statement) => statement.status === 'rejected')?.reason
}

interface Lent<Tables> {
  tx: Transaction<Tables>
  connection: ClientConnection
}

const ofClients = new WeakMap<pg.PoolClient, Lent<unknown>>()

/**
 * Kysely over one client, which sends a statement within the call that makes it. By its own connection provider some
 * promises come first, more of them on a fresh connection, and one statement overtook another there; and its own
 * transactions wait for each answer before they send the next statement.
 */
function kyselyOn<Tables>(pool: pg.Pool, client: pg.PoolClient): Lent<Tables> {
  let lent = ofClients.get(client)
  if (!lent) {
    const dialect = new PostgresDialect({ pool })
    const connection = new ClientConnection(client)
    const executor = new DefaultQueryExecutor(dialect.createQueryCompiler(), dialect.createAdapter(), {
      provideConnection: (consumer) => consumer(connection),
    })
    const tx = new Transaction<unknown>({ config: { dialect }, dialect, driver: dialect.createDriver(), executor })
    lent = { tx, connection }
    ofClients.set(client, lent)
  }
  return lent as unknown as Lent<Tables>
}

class ClientConnection implements DatabaseConnection {
  /** How many were sent so far. */
  statements = 0
  readonly #client: pg.PoolClient

  constructor(client: pg.PoolClient) {
    this.#client = client
  }

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    this.statements += 1
    const { rows, rowCount } = await this.#client.query(sql, [...parameters])
    return { rows: rows as R[], numAffectedRows: BigInt(rowCount ?? 0) }
  }

  streamQuery(): never {
    throw new Error('a transaction does not stream')
  }
}
