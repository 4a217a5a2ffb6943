import { parseQuickAdd } from '../../src/quick-add/parse-quick-add.ts'
import type { QuickAddContext } from '../../src/quick-add/quick-add.ts'

/** A Wednesday morning. */
const NOW = '2026-12-02T10:00:00Z'

const LISTS = [
  { id: 'Finance', name: 'Finance' },
  { id: 'Home', name: 'Home' },
  { id: 'Home and garden', name: 'Home and garden' },
  { id: 'Café', name: 'Café' },
]

export function contextAt(now: string = NOW, changes: Partial<QuickAddContext> = {}): QuickAddContext {
  return { now: new Date(now), timeZone: 'Europe/Lisbon', weekStart: 1, lists: LISTS, ...changes }
}

/** All that a line says, in one: `Pay rent | 2027-01-01 09:00 | FREQ=MONTHLY;BYMONTHDAY=1 | !high | #home | remind 1440`. */
export function told(text: string, context: QuickAddContext = contextAt()): string {
  const { title, due, recurrence, priority, tags, listId, reminders } = parseQuickAdd(text, context)
  const said = [
    title,
    due && (due.time ? `${due.date} ${due.time}` : due.date),
    recurrence?.rule,
    recurrence?.anchor === 'completion' && 'from completion',
    priority && `!${priority}`,
    ...tags.map((tag) => `#${tag}`),
    listId && `/${listId}`,
    ...reminders.map(
      ({ repeatMinutes, ...each }) =>
        `remind ${each.kind === 'absolute' ? each.at : each.minutesBefore}${repeatMinutes ? ` every ${repeatMinutes}` : ''}`,
    ),
  ]
  return said.filter(Boolean).join(' | ')
}
