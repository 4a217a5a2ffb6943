import type { QuickAdd } from '@todo/model/quick-add/quick-add'
import type { Due, Priority, ReminderInput } from '@todo/model/task'
import type { RecurrencePreset } from '@todo/model/recurrence-presets'
import { addDays } from '../dates/calendar-day.ts'
import type { ViewFilters } from '../views/view-filters.ts'
import type { View } from '../views/view.ts'

/** What the chips under the line say. */
export interface QuickAddChoices {
  due: Due | null
  priority: Priority | null
  tags: readonly string[]
  listId: string | null
  preset: RecurrencePreset
  reminders: readonly (ReminderInput & { kind: 'relative' })[]
  /** The reminders are the usual ones: the server gives them, and keeps quiet about one whose time has passed. */
  areUsual: boolean
}

const NO_CHOICES: QuickAddChoices = {
  due: null,
  priority: null,
  tags: [],
  listId: null,
  preset: 'none',
  reminders: [],
  areUsual: false,
}

const on = (date: string): Due => ({ date, time: null, timeZone: null })

/** A task that is added in a view belongs there. */
export function quickAddDefaults(view: View | null, filters: ViewFilters, today: string): QuickAddChoices {
  const [onlyList, ...otherLists] = filters.lists ?? []
  const [onlyPriority, ...otherPriorities] = filters.priorities ?? []
  return {
    ...NO_CHOICES,
    due: dueOf(view, filters, today),
    priority: onlyPriority !== undefined && otherPriorities.length === 0 ? onlyPriority : null,
    tags: [...(view?.kind === 'tag' ? [view.tag] : []), ...(filters.tags ?? [])],
    listId: view?.kind === 'list' ? view.listId : onlyList !== undefined && otherLists.length === 0 ? onlyList : null,
  }
}

/** The person's usual reminder, in minutes before: of a due date with a time, where the line says nothing of one. */
export function usualReminders(
  read: QuickAdd,
  due: Due | null,
  minutesBefore: number | null,
): QuickAddChoices['reminders'] {
  const hasTime = Boolean((read.due ?? due)?.time)
  return minutesBefore !== null && hasTime && read.reminders.length === 0 ? [{ kind: 'relative', minutesBefore }] : []
}

function dueOf(view: View | null, { due }: ViewFilters, today: string): Due | null {
  if (view?.kind === 'today' || due === 'today' || due === 'until-today') return on(today)
  if (view?.kind === 'upcoming' || due === 'tomorrow' || due === 'after-today') return on(addDays(today, 1))
  return null
}
