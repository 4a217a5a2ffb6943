import { sql } from 'kysely'
import type { z } from 'zod'
import type { PatchTag } from '@todo/model/api'
import type { TagSummary } from '@todo/model/list'
import { tagKey } from '@todo/model/tag-key'
import type { Task } from '@todo/model/task'
import { notFound } from '@todo/platform/errors'
import type { Access } from '../access.ts'
import type { Ctx } from '../context.ts'
import { tagsOf } from '../overview/repo.ts'
import { lockTasks } from '../tasks/repo.ts'
import { saveTask } from '../tasks/save-task.ts'
import { announceUpdate } from '../tasks/announce.ts'

interface OnTag {
  access: Access
  name: string
}

/** A colour is the person's own; a new name goes to every task of theirs that has the tag. */
export async function updateTag(
  ctx: Ctx,
  { access, name, patch }: OnTag & { patch: z.output<typeof PatchTag> },
): Promise<TagSummary> {
  await findTag(ctx, access, name)
  const newName = patch.name ?? name
  if (newName !== name) await retag(ctx, { access, name }, (tags) => renamed(tags, name, newName))
  await moveColor(ctx, access.userId, name, newName, patch.color)
  const { emit, origin } = ctx
  emit('view.changed', access.userId, {
    resource: 'tags',
    id: newName,
    audience: [access.userId],
    clientId: origin.clientId,
  })
  return findTag(ctx, access, newName)
}

/** Takes it off every task. */
export async function deleteTag(ctx: Ctx, target: OnTag): Promise<void> {
  const { access, name } = target
  await findTag(ctx, access, name)
  await retag(ctx, target, (tags) => tags.filter((tag) => !same(tag, name)))
  await ctx.tx.deleteFrom('tag_color').where('user_id', '=', access.userId).where('name', '=', tagKey(name)).execute()
}

async function findTag({ tx }: Ctx, access: Access, name: string): Promise<TagSummary> {
  const tag = (await tagsOf(tx, access)).find((candidate) => same(candidate.name, name))
  if (!tag) throw notFound('tag')
  return tag
}

function same(a: string, b: string): boolean {
  return tagKey(a) === tagKey(b)
}

/** A task that has both tags has the new one once. */
function renamed(tags: string[], from: string, to: string): string[] {
  const index = tags.findIndex((tag) => same(tag, from))
  const others = tags.filter((tag) => !same(tag, from) && !same(tag, to))
  return others.toSpliced(index, 0, to)
}

async function retag(ctx: Ctx, { access, name }: OnTag, change: (tags: string[]) => string[]): Promise<void> {
  const writable = access.listIds.filter((id) => access.lists.get(id)?.role !== 'viewer')
  const { rows } = await sql<Pick<Task, 'id'>>`
    select id from task where list_id = any(${writable}::uuid[]) and not withdrawn and tag_keys(tags) @> tag_keys(array[${name}]::text[])`.execute(
    ctx.tx,
  )
  const tasks = await lockTasks(
    ctx.tx,
    access,
    rows.map((row) => row.id),
  )
  for (const task of tasks) {
    const saved = saveTask(ctx, task, { tags: change(task.tags) })
    if (saved) announceUpdate(ctx, access, saved)
  }
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
