import type pg from 'pg'
import { errorMessage } from './errors.ts'
import type { Runtime } from './service.ts'
import { within } from './within.ts'

/** The name of each part and what is wrong with it; null when well. */
export type Health = Record<string, string | null>

export interface Readiness {
  /** Left out for a process without a database. */
  pool: pg.Pool | undefined
  /** Parts that know their own problem, by name. */
  ports: Record<string, { problem: string | null }>
  runtimes: ReadonlyMap<string, Runtime>
}

const ANSWER_MS = 2_000

/** Asks every part how it is; a part that does not answer in time is not well. */
export async function askHealth({ pool, ports, runtimes }: Readiness): Promise<Health> {
  const health: Health = Object.fromEntries(Object.entries(ports).map(([name, { problem }]) => [name, problem]))
  const asked = [...runtimes].map(async ([service, runtime]) => {
    const parts = await orProblem(async () => (await runtime.health?.()) ?? {})
    if (typeof parts === 'string') health[service] = parts
    else for (const [part, problem] of Object.entries(parts)) health[`${service}: ${part}`] = problem
  })
  const database = pool ? await askDatabase(pool) : {}
  await Promise.all(asked)
  return { ...database, ...health }
}

async function askDatabase(pool: pg.Pool): Promise<Health> {
  const answer = await orProblem(async () => {
    await pool.query('select 1')
    return {}
  })
  return { database: typeof answer === 'string' ? answer : null }
}

async function orProblem(ask: () => Promise<Health>): Promise<Health | string> {
  try {
    const answer = ask()
    return (await within(ANSWER_MS, answer)) ? await answer : `no answer within ${ANSWER_MS} ms`
  } catch (error) {
    return errorMessage(error)
  }
}
