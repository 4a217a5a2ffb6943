import { sql } from 'kysely'
import type { Kysely, RawBuilder } from 'kysely'
import type { z } from 'zod'
import type { PatchTag } from '@todo/model/api'
import { inParts } from '@todo/model/in-parts'
import type { TagSummary } from '@todo/model/list'
import { tagKey } from '@todo/model/tag-key'
import type { Task } from '@todo/model/task'
import { notFound } from '@todo/platform/errors'
import { holds, settled } from '../access.ts'
import type { Access, WithAccess } from '../access.ts'
import { announceView } from '../announce-view.ts'
import type { Ctx, Origin, UnitOfWork } from '../context.ts'
import { tagsOf } from '../overview/repo.ts'
import { lockTasks } from '../tasks/repo.ts'
import type { Tables } from '../tables.ts'
import { saveTask } from '../tasks/save-task.ts'
import { announceUpdate } from '../tasks/announce.ts'

interface OnTag {
  withAccess: WithAccess
  userId: string
  name: string
}

/** Tasks that one transaction changes: between two, everybody else has their turn. */
const CHUNK = 100

/**
 * A colour is the person's own; a new name goes to every task of theirs that has the tag. Where that ends halfway, the new
 * name has the colour and some of the tasks, and the same change again goes on from there.
 */
export async function updateTag(
  unitOfWork: UnitOfWork,
  origin: Origin,
  { patch, ...target }: OnTag & { patch: z.output<typeof PatchTag> },
): Promise<TagSummary> {
  const { withAccess, userId, name } = target
  await withAccess((access) => findTag(unitOfWork.db, access, name))
  const newName = patch.name ?? name
  await unitOfWork.change(origin, (ctx) => moveColor(ctx, userId, name, newName, patch.color))
  if (newName !== name) await retag(unitOfWork, origin, target, (tags) => renamed(tags, name, newName))
  return withAccess((access) =>
    unitOfWork.change(origin, async (ctx) => {
      announceView(ctx, userId, { resource: 'tags', id: newName })
      return findTag(ctx.tx, access, newName)
    }),
  )
}

/** Takes it off every task, in parts as `updateTag`. */
export async function deleteTag(unitOfWork: UnitOfWork, origin: Origin, target: OnTag): Promise<void> {
  const { withAccess, userId, name } = target
  await withAccess((access) => findTag(unitOfWork.db, access, name))
  await unitOfWork.change(origin, async ({ tx }) => {
    await tx.deleteFrom('tag_color').where('user_id', '=', userId).where('name', '=', tagKey(name)).execute()
  })
  await retag(unitOfWork, origin, target, (tags) => tags.filter((tag) => !same(tag, name)))
}

async function findTag(db: Kysely<Tables>, access: Access, name: string): Promise<TagSummary> {
  const tag = (await tagsOf(db, access)).find((candidate) => same(candidate.name, name))
  if (!tag) throw notFound('tag')
  return tag
}

function same(a: string, b: string): boolean {
  return tagKey(a) === tagKey(b)
}

/** A task that has both tags has the new one once. */
function renamed(tags: string[], from: string, to: string): string[] {
  const index = tags.findIndex((tag) => same(tag, from))
  if (index === -1) return tags
  const others = tags.filter((tag) => !same(tag, from) && !same(tag, to))
  return others.toSpliced(index, 0, to)
}

async function retag(
  { db, change }: UnitOfWork,
  origin: Origin,
  { withAccess, name }: OnTag,
  changed: (tags: string[]) => string[],
): Promise<void> {
  const all = await withAccess((access) => allTagged(access, name).execute(db))
  for (const part of inParts(all.rows, CHUNK)) {
    const ids = part.map(({ id }) => id)
    await withAccess((access) =>
      change(origin, async (ctx) => {
        // Some may have lost it, or gone, meanwhile.
        const left = sql<Pick<Task, 'id'>>`${tagged(access, sql`(${isTagged(name)} or ${isNextTagged(name)})`)}
          and id = any(${ids}) order by id for no key update`
        const still = (await left.execute(ctx.tx)).rows.map(({ id }) => id)
        for (const task of await lockTasks(ctx.tx, settled(access), still)) {
          const saved = saveTask(ctx, task, retagged(task, changed))
          if (saved) announceUpdate(ctx, access, saved)
        }
      }),
    )
  }
}

/** The tags of a task, and those that its next occurrence gets in their place. */
function retagged({ tags, following }: Task, changed: (tags: string[]) => string[]): Partial<Task> {
  const next = following?.tags && { following: { ...following, tags: changed(following.tags) } }
  return { tags: changed(tags), ...next }
}

/** Each by itself, since the first has an index, and the second is of few. */
function allTagged(access: Access, name: string): RawBuilder<Pick<Task, 'id'>> {
  return sql`${tagged(access, isTagged(name))} union ${tagged(access, isNextTagged(name))}`
}

const isTagged = (name: string) => sql`tag_keys(tags) @> tag_keys(array[${name}]::text[])`
const isNextTagged = (name: string) => sql`(following ? 'tags'
  and tag_keys(array(select jsonb_array_elements_text(following->'tags'))) @> tag_keys(array[${name}]::text[]))`

function tagged(access: Access, which: RawBuilder<unknown>): RawBuilder<Pick<Task, 'id'>> {
  const writable = access.listIds.filter((id) => access.lists.get(id)?.role !== 'viewer')
  return sql`select id from task
    where list_id = any(${writable}::uuid[]) and not withdrawn and ${which} and ${holds(access)}`
}

/** The tag that it becomes keeps the colour that it had; a new one takes the colour along. */
async function moveColor(
  { tx }: Ctx,
  userId: string,
  from: string,
  to: string,
  color: string | null | undefined,
): Promise<void> {
  const old = await tx
    .deleteFrom('tag_color')
    .where('user_id', '=', userId)
    .where('name', 'in', [tagKey(from), tagKey(to)])
    .returning(['name', 'color'])
    .execute()
  const known = old.find(({ name }) => name === tagKey(to)) ?? old[0]
  const kept = color === undefined ? known?.color : color
  if (kept)
    await tx
      .insertInto('tag_color')
      .values({ user_id: userId, name: tagKey(to), color: kept })
      .execute()
}
