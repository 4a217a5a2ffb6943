import { Link } from '@tanstack/react-router'
import CalendarDays from 'lucide-react/icons/calendar-days'
import CircleCheck from 'lucide-react/icons/circle-check'
import Inbox from 'lucide-react/icons/inbox'
import ListTodo from 'lucide-react/icons/list-todo'
import Search from 'lucide-react/icons/search'
import Tag from 'lucide-react/icons/tag'
import Trash from 'lucide-react/icons/trash-2'
import type { ReactNode } from 'react'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Kbd } from '../../ui/kbd.tsx'
import { useDeletedLists } from '../lists/deleted-lists.tsx'
import { useViewFilters } from '../views/use-view-filters.ts'
import { isFiltered } from '../views/view-filters.ts'
import type { View } from '../views/view.ts'

interface Lesson {
  icon: ReactNode
  title: string
  text: ReactNode
}

const size = 22

const LESSONS: Readonly<Record<View['kind'], Lesson>> = {
  inbox: {
    icon: <Inbox size={size} />,
    title: 'Your Inbox is clear',
    text: (
      <>
        Write down what comes to mind
        <span className="hidden mouse:inline">
          {' '}
          (<Kbd>q</Kbd> works anywhere)
        </span>
        . Sort it into lists later.
      </>
    ),
  },
  today: {
    icon: <CircleCheck size={size} />,
    title: 'Nothing is due today',
    text: 'What is due today, and what is overdue, gathers here by itself.',
  },
  upcoming: {
    icon: <CalendarDays size={size} />,
    title: 'Nothing is planned',
    text: 'Give a task a due date and it shows up here on its day.',
  },
  all: {
    icon: <ListTodo size={size} />,
    title: 'No open tasks',
    text: <>Add your first one above. Try “Call the bank #money !high”.</>,
  },
  list: { icon: <ListTodo size={size} />, title: 'This list is empty', text: 'What you add above lands in this list.' },
  tag: {
    icon: <Tag size={size} />,
    title: 'No open task has this tag',
    text: 'Type # and a word while adding a task, and it carries that tag.',
  },
  filter: {
    icon: <Search size={size} />,
    title: 'Nothing matches this view',
    text: 'New tasks that match appear here by themselves.',
  },
  search: {
    icon: <Search size={size} />,
    title: 'Search your tasks',
    text: 'Beginnings of words are enough, and small typing errors are forgiven. Put “quotes” around an exact phrase, and # before a tag.',
  },
  bin: {
    icon: <Trash size={size} />,
    title: 'The bin is empty',
    text: 'Deleted tasks wait here, in case you want them back.',
  },
}

/** Lists that were deleted stand above. */
const NO_TASKS_IN_BIN = { title: 'No task is in the bin', text: 'The tasks of a deleted list come back with it.' }

export function EmptyView({ view, doneCount = 0 }: { view: View; doneCount?: number }) {
  const { filters, setFilters } = useViewFilters()
  const hasDeletedLists = useDeletedLists(view.kind === 'bin').length > 0
  const lesson = { ...LESSONS[view.kind], ...(hasDeletedLists && NO_TASKS_IN_BIN) }
  if (filters.q) return <NoResults q={filters.q} isFiltered={isFiltered(filters)} />
  if (isFiltered(filters) && view.kind !== 'filter') {
    return (
      <EmptyState
        icon={<Search size={size} />}
        title="No task matches the filters"
        action={
          <Button onClick={() => setFilters(({ sort, order }) => ({ ...(sort && { sort }), ...(order && { order }) }))}>
            Clear the filters
          </Button>
        }
      />
    )
  }
  const isAllDone = doneCount > 0 && view.kind === 'today'
  return (
    <EmptyState icon={lesson.icon} title={isAllDone ? 'All done for today' : lesson.title}>
      {isAllDone ? 'Enjoy the rest of it.' : lesson.text}
    </EmptyState>
  )
}

function NoResults({ q, isFiltered }: { q: string; isFiltered: boolean }) {
  return (
    <EmptyState
      icon={<Search size={size} />}
      title={`Nothing found for “${q}”`}
      action={
        isFiltered && (
          <Link to="/search" search={{ q }} className="font-semibold text-accent-ink underline underline-offset-4">
            Search everywhere
          </Link>
        )
      }
    >
      {isFiltered ? 'The search was limited to the filters above.' : 'Try fewer words, or only the beginning of one.'}
    </EmptyState>
  )
}
