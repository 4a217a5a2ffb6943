import { generateKeyBetween, generateNKeysBetween } from 'fractional-indexing'
import type { Task } from '@todo/model/task'
import type { Ctx } from '../context.ts'
import { lastRank, rankAfter } from './repo.ts'

/** A rank at the end of a list. Two at once may get the same: ties go by id. */
export async function rankAtEnd({ tx }: Ctx, listId: string): Promise<string> {
  return generateKeyBetween(await lastRank(tx, listId), null)
}

/** Ranks for so many tasks at the end of a list, in order. */
export async function ranksAtEnd({ tx }: Ctx, listId: string, count: number): Promise<string[]> {
  return generateNKeysBetween(await lastRank(tx, listId), null, count)
}

/** Ranks between a task (null: the top) and the one that follows it, not counting those that move. */
export async function ranksAfter({ tx }: Ctx, listId: string, after: Task | null, moving: string[]): Promise<string[]> {
  const next = await rankAfter(tx, listId, after?.rank ?? null, moving)
  return generateNKeysBetween(after?.rank ?? null, next, moving.length)
}
