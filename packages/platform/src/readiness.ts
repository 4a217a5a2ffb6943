import type { Database } from './db.ts'
import { errorMessage } from './errors.ts'
import type { Runtime } from './service.ts'
import { within } from './within.ts'

/** The name of each part and what is wrong with it; null when well. */
export type Health = Record<string, string | null>

export interface Readiness {
  /** Asks the database, and throws when it does not answer; left out for a process without one. */
  database: (() => Promise<unknown>) | undefined
  /** Parts that know their own problem, by name. */
  ports: Record<string, { problem: string | null }>
  runtimes: ReadonlyMap<string, Runtime>
}

const ANSWER_MS = 2_000

/** Asks every part how it is; a part that does not answer in time is not well. */
export async function askHealth({ database, ports, runtimes }: Readiness): Promise<Health> {
  const health: Health = Object.fromEntries(Object.entries(ports).map(([name, { problem }]) => [name, problem]))
  const asked = [...runtimes].map(async ([service, runtime]) => {
    const parts = await orProblem(async () => (await runtime.health?.()) ?? {})
    if (typeof parts === 'string') health[service] = parts
    else for (const [part, problem] of Object.entries(parts)) health[`${service}: ${part}`] = problem
  })
  const answer = database ? await orProblem(() => database().then(() => ({}))) : null
  await Promise.all(asked)
  if (answer === null) return health
  return { database: typeof answer === 'string' ? answer : null, ...health }
}

type Asked = Pick<Database, 'pool' | 'disk'>

/** @param others of the same server: what one of them has seen of its disk is true of all */
export async function askDatabase({ pool, disk }: Asked, others: readonly Asked[] = []): Promise<void> {
  await pool.query('select 1')
  for (const each of [disk, ...others.map((other) => other.disk)]) await each.ask(pool)
}

/**
 * Asks the database only when something else has used it, or lost it, since it last answered: a question a second would
 * never let a serverless database sleep, and what nobody uses is not missed.
 */
export function askDatabaseInUse(database: Asked & Pick<Database, 'uses'>): () => Promise<void> {
  let wellAt: number | null = null
  return async () => {
    const before = database.uses()
    if (wellAt === before) return
    await askDatabase(database)
    // One of them was this question.
    wellAt = before + 1
  }
}

async function orProblem(ask: () => Promise<Health>): Promise<Health | string> {
  try {
    const answer = ask()
    return (await within(ANSWER_MS, answer)) ? await answer : `no answer within ${ANSWER_MS} ms`
  } catch (error) {
    return errorMessage(error)
  }
}
