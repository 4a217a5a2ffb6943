import type { QuickAdd } from '@todo/model/quick-add/quick-add'
import { uniqueTags } from '@todo/model/tag-key'
import type { NewTask } from '../../api/tasks-api.ts'
import { newId } from '../../api/new-id.ts'
import { Chunk } from '../../ui/chunk.ts'
import { startOf } from '../recurrence/due-patch.ts'
import type { QuickAddChoices } from './quick-add-defaults.ts'

/** The task that a line with its chips stands for: what the line says goes first. A recurring task without a date starts today. */
export async function newTaskOf(read: QuickAdd, choices: QuickAddChoices, today: string): Promise<NewTask> {
  const due =
    read.due ?? choices.due ?? (choices.preset === 'none' ? null : { date: today, time: null, timeZone: null })
  const priority = read.priority ?? choices.priority
  const listId = read.listId ?? choices.listId
  // What counts back from a due date that was cleared goes with it.
  const chosen = due ? choices.reminders : []
  const preset = due && !read.recurrence && choices.preset !== 'none' ? choices.preset : null
  const recurrence = preset && due ? await recurrenceOf(preset, startOf(due)) : read.recurrence
  return {
    id: newId(),
    title: read.title,
    tags: uniqueTags([...choices.tags, ...read.tags]),
    due,
    ...(choices.areUsual
      ? {}
      : { reminders: [...read.reminders, ...chosen].map((reminder) => ({ ...reminder, id: newId() })) }),
    ...(priority ? { priority } : {}),
    ...(listId ? { listId } : {}),
    ...(recurrence ? { recurrence } : {}),
  }
}

/** The rules come with their own chunk. */
const presets = new Chunk(() => import('@todo/model/recurrence-presets'))

async function recurrenceOf(
  preset: QuickAddChoices['preset'],
  start: string,
): Promise<NonNullable<NewTask['recurrence']>> {
  const { presetRule } = await presets.whenThere()
  return { rule: presetRule(preset, start) ?? '', anchor: 'due', start, exceptions: [], additions: [] }
}
