import type { Priority } from '@todo/model/task'
import { words } from '../../api/task-list-query.ts'

export const DUE_RANGES = {
  overdue: 'Overdue',
  'until-today': 'Today and overdue',
  today: 'Today',
  tomorrow: 'Tomorrow',
  week: 'Next 7 days',
  'after-today': 'After today',
  none: 'No due date',
} as const
export type DueRange = keyof typeof DUE_RANGES
/** A named range moves along with the days; one with dates does not. */
export type DueFilter = DueRange | { from?: string; to?: string }

export const SORTS = {
  due: 'Due date',
  priority: 'Priority',
  created: 'Created',
  title: 'Title',
  manual: 'Manual',
  completed: 'Completion date',
} as const
export type Sort = keyof typeof SORTS

/** What tasks of a state can be sorted by: only those that are all done by when they were. */
export function sortsOf(state: ViewFilters['state']): Sort[] {
  return (Object.keys(SORTS) as Sort[]).filter((sort) => sort !== 'completed' || state === 'completed')
}

const PRIORITIES: readonly Priority[] = ['high', 'medium', 'low']

/** What the address of a view says beyond which view it is: filters, sort, and the task that is open. */
export interface ViewFilters {
  q?: string
  lists?: string[]
  tags?: string[]
  tagMatch?: 'all'
  priorities?: Priority[]
  state?: 'completed' | 'all'
  due?: DueFilter
  recurring?: true
  sort?: Sort
  order?: 'asc' | 'desc'
  /** Whether the completed tasks at the end are shown. */
  done?: true
  task?: string
}

type Params = Record<string, string>

/** Reads an address. What makes no sense in it is left out, so that an old or mistyped link still opens. */
export function parseFilters(params: Readonly<Record<string, unknown>>): ViewFilters {
  const text = (name: string) => (typeof params[name] === 'string' && params[name] !== '' ? params[name] : undefined)
  const many = (name: string) => (words(text(name)).length > 0 ? words(text(name)) : undefined)
  const state = oneOf(text('state'), ['completed', 'all'])
  return compact({
    q: text('q'),
    lists: many('list'),
    tags: many('tags'),
    tagMatch: oneOf(text('match'), ['all']),
    priorities: nonEmpty(PRIORITIES.filter((priority) => many('priority')?.includes(priority))),
    state,
    due: parseDue(text('due')),
    recurring: text('recurring') === 'yes' ? (true as const) : undefined,
    sort: oneOf(text('sort'), sortsOf(state)),
    order: oneOf(text('order'), ['asc', 'desc']),
    done: text('done') === 'shown' ? (true as const) : undefined,
    task: text('task'),
  })
}

/** Writes what `parseFilters` reads. */
export function filterParams(filters: ViewFilters): Params {
  return compact({
    q: filters.q || undefined,
    list: filters.lists?.join(','),
    tags: filters.tags?.join(','),
    match: filters.tags && filters.tags.length > 1 ? filters.tagMatch : undefined,
    priority: filters.priorities?.join(','),
    state: filters.state,
    due: filters.due === undefined ? undefined : writeDue(filters.due),
    recurring: filters.recurring && 'yes',
    sort: filters.sort,
    order: filters.order,
    done: filters.done && 'shown',
    task: filters.task,
  })
}

/** Only what a saved filter keeps: not the open task, not what is unfolded. */
export function savableParams(filters: ViewFilters): string {
  const { task: _task, done: _done, ...kept } = filters
  return writeSearch(filterParams(kept)).slice(1)
}

export function isFiltered({
  q: _q,
  sort: _sort,
  order: _order,
  done: _done,
  task: _task,
  ...filters
}: ViewFilters): boolean {
  return Object.keys(filters).length > 0
}

/** A query string that a person can read: commas and colons stay as they are. */
export function writeSearch(params: Readonly<Record<string, unknown>>): string {
  const pairs = Object.entries(params).filter(([, value]) => value !== undefined && value !== '')
  const text = new URLSearchParams(pairs.map(([name, value]) => [name, String(value)])).toString()
  return text === '' ? '' : `?${text.replaceAll('%2C', ',').replaceAll('%3A', ':')}`
}

export function readSearch(search: string): Params {
  return Object.fromEntries(new URLSearchParams(search))
}

const DAY = /^\d{4}-\d\d-\d\d$/

function parseDue(text: string | undefined): DueFilter | undefined {
  if (text === undefined) return undefined
  if (Object.hasOwn(DUE_RANGES, text)) return text as DueRange
  const [from = '', to = ''] = text.split('..')
  const range = compact({ from: DAY.test(from) ? from : undefined, to: DAY.test(to) ? to : undefined })
  return Object.keys(range).length > 0 && text.includes('..') ? range : undefined
}

function writeDue(due: DueFilter): string {
  return typeof due === 'string' ? due : `${due.from ?? ''}..${due.to ?? ''}`
}

function oneOf<T extends string>(text: string | undefined, allowed: readonly T[]): T | undefined {
  return allowed.find((value) => value === text)
}

const nonEmpty = <T>(items: T[]): T[] | undefined => (items.length > 0 ? items : undefined)

type Compact<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

function compact<T extends object>(fields: T): Compact<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Compact<T>
}
