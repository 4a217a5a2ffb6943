import type { HistoryEntry } from '@todo/model/api'

const FIELDS: Readonly<Record<string, string>> = {
  title: 'the title',
  notes: 'the notes',
  priority: 'the priority',
  tags: 'the tags',
  due: 'the due date',
  recurrence: 'the recurrence',
  reminders: 'the reminders',
  subtasks: 'the subtasks',
  listId: 'the list',
}

const ACTS: Readonly<Record<string, string>> = {
  'task.created': 'made this task',
  'task.completed': 'completed it',
  'task.reopened': 'opened it again',
  'task.deleted': 'deleted it',
  'task.restored': 'restored it',
}

/** What became of a reminder, and where: the same one goes several ways. */
const REMINDER_WORDS: Readonly<Record<string, (where: string) => string>> = {
  'reminder.due': () => 'A reminder came due',
  'reminder.delivered': (where) => `The reminder was delivered${where}`,
  'reminder.failed': (where) => `The reminder could not be delivered${where}`,
}
const CHANNEL_WORDS: Readonly<Record<string, string>> = {
  email: ' by e-mail',
  'in-app': ' in the app',
}

/** Who did what, in sentences without their end: `Ada changed the priority from Medium to High`. */
export function historySentences(
  entry: Pick<HistoryEntry, 'type' | 'actor' | 'changes'>,
  say: (field: string, value: unknown) => string,
): string[] {
  const who = entry.actor.kind === 'system' ? 'Todo Cloud' : (entry.actor.name ?? 'Somebody')
  const reminderWords = REMINDER_WORDS[entry.type]
  if (reminderWords) return [reminderWords(CHANNEL_WORDS[String(entry.changes['channel']?.[1])] ?? '')]
  const act = isSkip(entry) ? 'skipped it' : ACTS[entry.type]
  if (act) return [`${who} ${act}`]
  const changes = Object.entries(entry.changes).filter(([field]) => field in FIELDS)
  if (changes.length > 0) return changes.map(([field, [from, to]]) => `${who} ${changeWords(field, from, to, say)}`)
  return [`${who} ${'rank' in entry.changes ? 'moved it to another place' : 'changed it'}`]
}

function isSkip({ type, changes }: Pick<HistoryEntry, 'type' | 'changes'>): boolean {
  return type === 'task.completed' && changes.skipped?.[1] === true
}

function changeWords(
  field: string,
  from: unknown,
  to: unknown,
  say: (field: string, value: unknown) => string,
): string {
  const name = FIELDS[field] ?? field
  if (field === 'notes')
    return isNothing(to) ? `cleared ${name}` : isNothing(from) ? `wrote ${name}` : `changed ${name}`
  if (isNothing(to)) return `removed ${name}, which was ${say(field, from)}`
  if (isNothing(from)) return `set ${name} to ${say(field, to)}`
  return `changed ${name} from ${say(field, from)} to ${say(field, to)}`
}

function isNothing(value: unknown): boolean {
  return value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
}
