import { useNavigate, useRouter } from '@tanstack/react-router'
import Search from 'lucide-react/icons/search'
import X from 'lucide-react/icons/x'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { Kbd } from '../../ui/kbd.tsx'
import { usePerson } from '../account/person.ts'
import { useViewFilters } from './use-view-filters.ts'
import { filterParams, type ViewFilters } from './view-filters.ts'
import { viewAsFilters } from './view-query.ts'
import { useCurrentView } from './current-view.ts'
import type { View } from './view.ts'

const TYPING_MS = 160
const INPUT_ID = 'search'

export function focusSearch(): void {
  const input = document.getElementById(INPUT_ID)
  if (input instanceof HTMLInputElement) input.select()
}

/**
 * Searches everything; from a list or a tag it starts within it, shown as a chip that can be removed.
 * Clearing it leads back to the view where it began.
 */
export function SearchBox() {
  const q = useViewFilters().filters.q ?? ''
  const [text, setText] = useState(q)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const { search, leave } = useSearchNavigation(useCurrentView())

  useEffect(() => () => clearTimeout(timer.current), [])
  useFollowAddress(setText)

  const find = (words: string) => {
    clearTimeout(timer.current)
    timer.current = undefined
    if (words.trim() === '') leave()
    else search(words)
  }
  const change = (next: string) => {
    setText(next)
    clearTimeout(timer.current)
    timer.current = setTimeout(() => find(next), next === '' ? 0 : TYPING_MS)
  }
  const keys: Record<string, (input: HTMLInputElement) => void> = {
    // Back among the tasks, whose keys do nothing while one is typing.
    Escape: (input) => {
      if (text !== '') change('')
      input.blur()
    },
    Enter: () => (timer.current === undefined ? focusFirstTask() : find(text)),
    ArrowDown: focusFirstTask,
  }
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    const act = event.nativeEvent.isComposing ? undefined : keys[event.key]
    if (!act) return
    event.preventDefault()
    act(event.currentTarget)
  }
  return (
    <search className="relative min-w-0 flex-1">
      <Search
        size={16}
        aria-hidden
        className="pointer-events-none absolute start-3 top-1/2 -translate-y-1/2 text-ink-3"
      />
      <input
        id={INPUT_ID}
        type="search"
        aria-label="Search title and notes"
        placeholder="Search title and notes"
        value={text}
        onChange={(event) => change(event.target.value)}
        onKeyDown={onKeyDown}
        autoComplete="off"
        dir="auto"
        className="h-10 w-full rounded-card border border-line bg-sunken ps-9 pe-10 text-s transition-colors hover:border-line-strong focus-visible:border-accent focus-visible:bg-surface focus-visible:outline-2 focus-visible:outline-offset-0 focus-visible:outline-focus/40"
      />
      <span className="absolute end-2.5 top-1/2 flex -translate-y-1/2">
        {text === '' ? <KeyHint /> : <ClearSearch onClick={() => change('')} />}
      </span>
    </search>
  )
}

/** From the words to what they found. */
const focusFirstTask = () => document.querySelector<HTMLElement>('[data-row-title]')?.focus()

function KeyHint() {
  return (
    <span aria-hidden className="hidden mouse:block">
      <Kbd>/</Kbd>
    </span>
  )
}

function ClearSearch({ onClick }: { onClick: () => void }) {
  return (
    <button
      type="button"
      aria-label="Clear the search"
      onClick={onClick}
      className="grid size-7 thumb-6 place-items-center rounded-control text-ink-3 hover:bg-hover hover:text-ink"
    >
      <X size={15} />
    </button>
  )
}

/** The text follows the address (back, forward, a link), but not while it is being typed. */
function useFollowAddress(setText: (text: string) => void): void {
  const router = useRouter()
  useEffect(
    () =>
      router.subscribe('onResolved', ({ toLocation }) => {
        const { q = '' } = toLocation.search as { q?: string }
        if (document.activeElement?.id !== INPUT_ID) setText(q)
      }),
    [router, setText],
  )
}

function useSearchNavigation(view: View | null) {
  const navigate = useNavigate()
  const router = useRouter()
  const { inboxId } = usePerson()
  const { filters, setFilters } = useViewFilters()
  const origin = useRef<string>(undefined)
  const search = (q: string) => {
    if (view?.kind === 'search') return setFilters((current) => ({ ...current, q }))
    origin.current = router.state.location.href
    void navigate({ to: '/search', search: filterParams({ ...searchScope(view, filters, inboxId), q }) })
  }
  const leave = () => {
    if (view?.kind !== 'search') return setFilters(({ q: _q, ...rest }) => rest)
    if (origin.current === undefined) void navigate({ to: '/all', search: {} })
    else router.history.push(origin.current)
  }
  return { search, leave }
}

/** The list, the tag and the filters of the view stay on; its days and its order do not. */
function searchScope(view: View | null, filters: ViewFilters, inboxId: string): ViewFilters {
  if (!view) return {}
  const { due: _due, sort: _sort, order: _order, task: _task, ...scope } = viewAsFilters(view, filters, { inboxId })
  return filters.due ? { ...scope, due: filters.due } : scope
}
