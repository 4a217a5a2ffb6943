import { tagKey } from '@todo/model/tag-key'
import type { NewTask } from '../../api/tasks-api.ts'
import { newId } from '../../api/new-id.ts'
import { Chunk } from '../../ui/chunk.ts'
import { startOf } from '../recurrence/due-patch.ts'
import type { QuickAddChoices } from './quick-add-defaults.ts'
import type { QuickAddText } from './quick-add-text.ts'

/** The task that a line with its chips stands for. A recurring task without a date starts today. */
export async function newTaskOf(text: QuickAddText, choices: QuickAddChoices, today: string): Promise<NewTask> {
  const written = text.tokens.flatMap((token) => (token.kind === 'tag' ? [token.tag] : []))
  const priority = text.tokens.findLast((token) => token.kind === 'priority')?.priority ?? choices.priority
  const due = choices.due ?? (choices.preset === 'none' ? null : { date: today, time: null, timeZone: null })
  return {
    id: newId(),
    title: text.title,
    tags: uniqueTags([...choices.tags, ...written]),
    due,
    // What counts back from a due date that was cleared goes with it.
    reminders: (due ? choices.reminders : []).map((reminder) => ({ ...reminder, id: newId() })),
    ...(priority ? { priority } : {}),
    ...(choices.listId ? { listId: choices.listId } : {}),
    ...(due && choices.preset !== 'none' ? { recurrence: await recurrenceOf(choices.preset, startOf(due)) } : {}),
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

function uniqueTags(tags: readonly string[]): string[] {
  return [...new Map(tags.toReversed().map((tag) => [tagKey(tag), tag])).values()].toReversed()
}
