import type { Ground } from './fault.ts'
import type { MailCount } from './mail-count.ts'
import type { Promised } from './people.ts'
import type { TopicLog } from './topic-log.ts'

/** What checks look at. */
export interface Evidence {
  app: Ground
  promised: Promised
  topics: TopicLog
  mails: MailCount
  /** Outbox rows after this one, and history after this time, are looked at; the others were before. */
  since: { seq: number; at: Date }
  /** When the trials began: what people did before is no concern of theirs. */
  opened: Date
  /** When all ran again. */
  healedAt: Date
  /** Letters that are to be there: `consumer event-id`. */
  letters: ReadonlySet<string>
}

/** One promise, and each way in which it was broken. */
export interface Check {
  promise: string
  /** At most a few of them, in words. */
  broken: (evidence: Evidence) => Promise<string[]>
}

/** As many as anybody reads. */
export const SHOWN = 5

type Row = Record<string, string | number | null>

/** A check in one statement: each row that it answers is a promise broken. */
export function sqlCheck(
  promise: string,
  sql: string,
  values: (evidence: Evidence) => unknown[],
  say: (row: Row) => string,
): Check {
  return {
    promise,
    broken: async (evidence) => {
      const { rows } = await evidence.app.database.query<Row>(`${sql} limit ${SHOWN}`, values(evidence))
      return rows.map(say)
    },
  }
}
