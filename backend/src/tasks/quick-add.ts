import type { z } from 'zod'
import { parseQuickAdd } from '@todo/model/quick-add/parse-quick-add'
import type { QuickAddRequest, QuickAddResult } from '@todo/model/quick-add/quick-add'
import { CreateTask, Title } from '@todo/model/task'
import { invalidField, notFound } from '@todo/platform/errors'
import type { Access } from '../access.ts'
import type { Ctx } from '../context.ts'
import { writableNames } from '../lists/repo.ts'
import { findPerson } from '../profile/repo.ts'
import { createTask } from './use-cases.ts'

/** Makes the task that a line says, with what was understood of it. */
export async function quickAdd(
  ctx: Ctx,
  { access, request }: { access: Access; request: QuickAddRequest },
): Promise<z.infer<typeof QuickAddResult>> {
  const person = await findPerson(ctx.tx, access.userId)
  if (!person) throw notFound('account')
  const { text, plain } = request
  const lists = await writableNames(ctx.tx, access.userId)
  const { parts, priority, listId, reminders, ...said } = parseQuickAdd(text, {
    now: ctx.now(),
    timeZone: access.timeZone,
    weekStart: person.weekStart,
    // Of one that was made this moment the access may not know yet: then it does not hold, and all begins again.
    lists: lists.filter(({ id }) => access.lists.has(id)),
    plain,
  })
  if (!Title.safeParse(said.title).success) {
    throw invalidField('text', 'leaves a title of more than 500 characters: make it shorter')
  }
  const input = CreateTask.parse({
    ...said,
    ...(priority && { priority }),
    ...(reminders.length > 0 && { reminders }),
    listId: listId ?? request.listId,
  })
  const { task } = await createTask(ctx, { access, input })
  return { task, parts }
}
