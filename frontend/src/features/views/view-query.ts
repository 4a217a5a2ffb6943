import type { TaskListQuery } from '../../api/task-list-query.ts'
import { addDays } from '../dates/calendar-day.ts'
import { readSearchLine } from './search-line.ts'
import type { View } from './view.ts'
import type { DueFilter, Sort, ViewFilters } from './view-filters.ts'

export interface QueryContext {
  today: string
  inboxId: string
  /** Those that there are, as they are spelled. */
  tags: readonly string[]
}

type Order = { sort: Sort; order: 'asc' | 'desc' } | null

/** What a view sorts by when its address does not say; null: best match first. */
export function defaultOrder(view: View, { state }: Pick<ViewFilters, 'state'>): Order {
  if (view.kind === 'search') return null
  if (state === 'completed') return { sort: 'completed', order: 'desc' }
  if (view.kind === 'inbox' || view.kind === 'list') return { sort: 'manual', order: 'asc' }
  return { sort: 'due', order: 'asc' }
}

export function naturalDirection(sort: Sort): 'asc' | 'desc' {
  return sort === 'priority' || sort === 'created' || sort === 'completed' ? 'desc' : 'asc'
}

export function orderOf(view: View, filters: ViewFilters): Order {
  if (!filters.sort) return defaultOrder(view, filters)
  return { sort: filters.sort, order: filters.order ?? naturalDirection(filters.sort) }
}

/** The list of tasks that a view with its filters stands for. */
export function viewQuery(view: View, filters: ViewFilters, context: QueryContext): TaskListQuery {
  if (view.kind === 'bin') return { state: 'deleted', sort: 'created', order: 'desc' }
  const common = commonQuery(view, filters, context)
  return {
    ...common,
    state: filters.state ?? 'open',
    ...bothDays(viewDays(view, context.today), dueDays(filters.due, context.today)),
    // Without words there is no best match.
    ...(orderOf(view, filters) ?? (common.q === undefined ? { sort: 'due', order: 'asc' } : {})),
  }
}

/** The completed tasks at the end of a view; null where the view shows them among the others, or never. */
export function completedQuery(view: View, filters: ViewFilters, context: QueryContext): TaskListQuery | null {
  if (filters.state || view.kind === 'bin' || view.kind === 'upcoming') return null
  const common = commonQuery(view, filters, context)
  return {
    ...common,
    state: 'completed',
    ...(view.kind === 'today' ? { completedFrom: context.today } : {}),
    ...dueDays(filters.due, context.today),
    ...(common.q === undefined ? { sort: 'completed', order: 'desc' } : {}),
  }
}

function commonQuery(view: View, filters: ViewFilters, { inboxId, tags }: QueryContext): Omit<TaskListQuery, 'state'> {
  const viewTags = view.kind === 'tag' ? [view.tag] : []
  const searched = readSearchLine(filters.q ?? '', tags)
  const all = [...viewTags, ...searched.tags, ...(filters.tagMatch === 'all' ? (filters.tags ?? []) : [])]
  const any = filters.tagMatch === 'all' ? [] : (filters.tags ?? [])
  const lists = viewLists(view, inboxId) ?? filters.lists
  return {
    ...(lists ? { listId: lists.join(',') } : {}),
    ...(all.length > 0 ? { tagsAll: all.join(',') } : {}),
    ...(any.length > 0 ? { tagsAny: any.join(',') } : {}),
    ...(filters.priorities ? { priority: filters.priorities.join(',') } : {}),
    ...(filters.recurring ? { recurring: 'true' } : {}),
    ...(searched.words === '' ? {} : { q: searched.words }),
  }
}

function viewLists(view: View, inboxId: string): string[] | undefined {
  if (view.kind === 'inbox') return [inboxId]
  return view.kind === 'list' ? [view.listId] : undefined
}

function viewDays(view: View, today: string): Days {
  if (view.kind === 'today') return { dueTo: today }
  return view.kind === 'upcoming' ? { dueFrom: addDays(today, 1) } : {}
}

type Days = Pick<TaskListQuery, 'dueFrom' | 'dueTo' | 'dueBefore' | 'hasDue'>

/** The days that are in both ranges. */
function bothDays(a: Days, b: Days): Days {
  const from = [a.dueFrom, b.dueFrom]
    .filter((day) => day !== undefined)
    .toSorted()
    .at(-1)
  const to = [a.dueTo, b.dueTo]
    .filter((day) => day !== undefined)
    .toSorted()
    .at(0)
  return { ...a, ...b, ...(from ? { dueFrom: from } : {}), ...(to ? { dueTo: to } : {}) }
}

function dueDays(due: DueFilter | undefined, today: string): Days {
  if (due === undefined) return {}
  if (typeof due !== 'string') {
    return { ...(due.from ? { dueFrom: due.from } : {}), ...(due.to ? { dueTo: due.to } : {}) }
  }
  const tomorrow = addDays(today, 1)
  const days = {
    overdue: { dueBefore: 'now' as const },
    'until-today': { dueTo: today },
    today: { dueFrom: today, dueTo: today },
    tomorrow: { dueFrom: tomorrow, dueTo: tomorrow },
    week: { dueFrom: today, dueTo: addDays(today, 6) },
    'after-today': { dueFrom: tomorrow },
    none: { hasDue: 'false' as const },
  }
  return days[due]
}

/** The filters that say what a view shows, so that it can be saved or searched from anywhere. */
export function viewAsFilters(
  view: View,
  filters: ViewFilters,
  { inboxId }: Pick<QueryContext, 'inboxId'>,
): ViewFilters {
  const lists = viewLists(view, inboxId) ?? filters.lists
  const tags = view.kind === 'tag' ? [...new Set([view.tag, ...(filters.tags ?? [])])] : filters.tags
  const ranges = { today: 'until-today', upcoming: 'after-today' } as const
  const due = filters.due ?? (view.kind === 'today' || view.kind === 'upcoming' ? ranges[view.kind] : undefined)
  return {
    ...filters,
    ...(lists ? { lists } : {}),
    ...(tags ? { tags } : {}),
    ...(view.kind === 'tag' && tags && tags.length > 1 ? { tagMatch: 'all' as const } : {}),
    ...(due ? { due } : {}),
  }
}
