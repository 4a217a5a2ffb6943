/** A place in the app that shows tasks. Which ones is written in view-query.ts. */
export type View =
  | { kind: 'inbox' | 'today' | 'upcoming' | 'all' | 'search' | 'bin' }
  | { kind: 'list'; listId: string }
  | { kind: 'tag'; tag: string }
  | { kind: 'filter'; filterId: string }

export const VIEW_NAMES = {
  inbox: 'Inbox',
  today: 'Today',
  upcoming: 'Upcoming',
  all: 'All tasks',
  search: 'Search',
  bin: 'Bin',
} as const

export const viewKey = (view: View): string => JSON.stringify(view)

const PLAIN = ['inbox', 'today', 'upcoming', 'all', 'search', 'bin'] as const

/** The view that a path names: `/today`, `/list/<id>`, `/tag/<name>`; null where it names none. */
export function viewOfPath(pathname: string): View | null {
  const [place = '', rest] = pathname.split('/').slice(1).map(decodeURIComponent)
  if (place === 'list' && rest) return { kind: 'list', listId: rest }
  if (place === 'tag' && rest) return { kind: 'tag', tag: rest }
  if (place === 'filter' && rest) return { kind: 'filter', filterId: rest }
  const plain = PLAIN.find((kind) => kind === place)
  return plain ? { kind: plain } : null
}
