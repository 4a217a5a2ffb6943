import { generateKeyBetween } from 'fractional-indexing'
import { isDeepStrictEqual } from 'node:util'
import { v7 as uuidv7 } from 'uuid'
import type { CreateList, List, PatchList } from '@todo/model/list'
import { AppError } from '@todo/platform/errors'
import { checkVersion } from '../check-version.ts'
import type { Ctx } from '../context.ts'
import { markHeard, markUnheard } from '../reminders/heard.ts'
import { silencePastReminders } from '../reminders/repo.ts'
import * as repo from './repo.ts'

interface OnList {
  userId: string
  listId: string
  /** The version that the person saw; left out: whatever it is. */
  ifVersion?: number | undefined
}

/** The same id twice is the same list. @throws 409 when that one is in the bin, or was made otherwise */
export async function createList(
  ctx: Ctx,
  { userId, input }: { userId: string; input: CreateList },
): Promise<{ list: List; created: boolean }> {
  const id = input.id ?? uuidv7()
  const created = await insertNew(ctx, {
    id,
    userId,
    name: input.name,
    color: input.color,
    rank: input.rank,
    isInbox: false,
  })
  const list = await repo.lockList(ctx.tx, userId, id)
  if (!created) refuseAnother(list, input)
  return { list, created }
}

/** What was changed since is not held against who sends it again. */
function refuseAnother(list: List, { name, color }: CreateList): void {
  const current = { current: list }
  if (list.deletedAt) throw new AppError('conflict', 'The list with this id is in the bin: restore it.', current)
  const isSame = list.version > 1 || (list.name === name && list.color === color)
  if (!isSame)
    throw new AppError('conflict', 'There is another list with this id: send a new id, or PATCH that list.', current)
}

/** Every account has an Inbox. It is made with the first request that misses it; of two at once, one makes it. */
export async function createInbox(ctx: Ctx, userId: string): Promise<void> {
  await insertNew(ctx, { id: uuidv7(), userId, name: 'Inbox', color: 'slate', rank: 'Zz', isInbox: true })
}

interface NewList {
  id: string
  userId: string
  name: string
  color: string
  rank?: string | undefined
  isInbox: boolean
}

async function insertNew(ctx: Ctx, { id, userId, name, color, isInbox, ...place }: NewList): Promise<boolean> {
  const at = ctx.now()
  const rank = place.rank ?? generateKeyBetween(await repo.lastListRank(ctx.tx, userId), null)
  const row = {
    id,
    owner_id: userId,
    name,
    color,
    is_inbox: isInbox,
    created_at: at,
    updated_at: at,
    field_versions: '{}',
  }
  if (!(await repo.insertList(ctx.tx, row, rank))) return false
  await announceList(ctx, 'list.created', {
    userId,
    listId: id,
    version: 1,
    changes: { name: [null, name], color: [null, color] },
  })
  return true
}

export async function updateList(ctx: Ctx, { patch, ...target }: OnList & { patch: PatchList }): Promise<List> {
  const list = await lockOwn(ctx, target)
  if (list.isInbox && patch.name !== undefined) throw new AppError('conflict', 'The Inbox keeps its name.')
  return saveList(ctx, target.userId, list, patch, 'list.updated')
}

/** Into the bin with all that is in it; nothing of it is seen, found or reminded of until it is restored. */
export async function deleteList(ctx: Ctx, target: OnList): Promise<List> {
  const list = await lockOwn(ctx, target)
  if (list.isInbox) throw new AppError('conflict', 'The Inbox stays: it is where new tasks go.')
  if (list.deletedAt) return list
  const deletedAt = ctx.now()
  await markHeard(ctx, remindersIn(target), deletedAt)
  return saveList(ctx, target.userId, list, { deletedAt: deletedAt.toISOString() }, 'list.deleted')
}

export async function restoreList(ctx: Ctx, target: OnList): Promise<List> {
  const list = await lockOwn(ctx, target)
  if (!list.deletedAt) return list
  // What came due in the bin is not news any more.
  await silencePastReminders(ctx.tx, list.id, ctx.now())
  await markUnheard(ctx, remindersIn(target), new Date(list.deletedAt))
  return saveList(ctx, target.userId, list, { deletedAt: null }, 'list.restored')
}

const remindersIn = ({ userId, listId }: OnList) => ({ userId, of: { listId }, kind: 'reminder' }) as const

async function lockOwn({ tx }: Ctx, { userId, listId, ifVersion }: OnList): Promise<List> {
  const list = await repo.lockList(tx, userId, listId)
  if (list.role !== 'owner') throw new AppError('forbidden', 'Only the owner of a list may change it.')
  checkVersion(list, ifVersion)
  return list
}

type ListEvent = 'list.created' | 'list.updated' | 'list.deleted' | 'list.restored'

async function saveList(ctx: Ctx, userId: string, before: List, patch: Partial<List>, event: ListEvent): Promise<List> {
  const fields = Object.keys(patch).filter(
    (field) => !isDeepStrictEqual(before[field as keyof List], patch[field as keyof List]),
  )
  if (fields.length === 0) return before
  const after = { ...before, ...patch, version: before.version + 1, updatedAt: ctx.now().toISOString() }
  await repo.updateListRow(ctx.tx, userId, after)
  const changes = Object.fromEntries(
    fields.map((field) => [field, [before[field as keyof List], after[field as keyof List]] as [unknown, unknown]]),
  )
  await announceList(ctx, event, { userId, listId: before.id, version: after.version, changes })
  return after
}

interface ListChange {
  userId: string
  listId: string
  version: number
  changes: Record<string, [unknown, unknown]>
}

async function announceList({ tx, emit, origin }: Ctx, name: ListEvent, change: ListChange): Promise<void> {
  const { actor, clientId, mutationId, batchId } = origin
  emit(name, change.listId, { ...change, actor, clientId, mutationId, batchId })
  const audience = await repo.membersOf(tx, change.listId)
  emit('view.changed', change.listId, { resource: 'lists', id: change.listId, audience, clientId })
}
