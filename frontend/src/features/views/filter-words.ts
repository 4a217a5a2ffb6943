import { formatDay } from '../dates/describe-date.ts'
import { DUE_RANGES, type DueFilter, type ViewFilters } from './view-filters.ts'

export function tagsWords({ tags = [], tagMatch }: ViewFilters): string {
  return tags.map((tag) => `#${tag}`).join(tagMatch === 'all' ? ' and ' : ' or ')
}

export function dueWords(due: DueFilter, locale: string): string {
  if (typeof due === 'string') return DUE_RANGES[due].toLowerCase()
  const day = (date: string) => formatDay(date, locale, { day: 'numeric', month: 'short' })
  if (due.from && due.to) return due.from === due.to ? day(due.from) : `${day(due.from)} – ${day(due.to)}`
  return due.from ? `from ${day(due.from)}` : `until ${day(due.to ?? '')}`
}
