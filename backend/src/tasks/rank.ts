import { generateKeyBetween, generateNKeysBetween } from 'fractional-indexing'
import { momentRank } from '@todo/model/rank'
import type { Task } from '@todo/model/task'
import type { Ctx } from '../context.ts'
import { rankAfter } from './repo.ts'

let last = ''

/**
 * A rank at the end of any list, without a look into it: what is put there later has the greater rank. Within a
 * millisecond, calls of one process keep their order; two processes may give the same rank, and ties go by id. Only a
 * greater rank that a client has chosen itself stays behind it.
 */
export function rankAtEnd({ now }: Pick<Ctx, 'now'>): string {
  const at = now().getTime()
  const rank = momentRank(at)
  last = last.startsWith(rank) ? generateKeyBetween(last, momentRank(at + 1)) : rank
  return last
}

/** Ranks between a task (null: the top) and the one that follows it, not counting those that move. */
export async function ranksAfter(ctx: Ctx, listId: string, after: Task | null, moving: string[]): Promise<string[]> {
  const from = after?.rank ?? null
  const to = (await rankAfter(ctx.tx, listId, from, moving)) ?? rankAtEnd(ctx)
  return generateNKeysBetween(from, from === null || from < to ? to : null, moving.length)
}
