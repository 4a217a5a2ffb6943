import { useNavigate } from '@tanstack/react-router'
import Bookmark from 'lucide-react/icons/bookmark'
import CalendarDays from 'lucide-react/icons/calendar-days'
import Hash from 'lucide-react/icons/hash'
import Inbox from 'lucide-react/icons/inbox'
import Keyboard from 'lucide-react/icons/keyboard'
import ListPlus from 'lucide-react/icons/list-plus'
import ListTodo from 'lucide-react/icons/list'
import Moon from 'lucide-react/icons/moon'
import Plus from 'lucide-react/icons/plus'
import Settings from 'lucide-react/icons/settings'
import Sun from 'lucide-react/icons/sun'
import Trash from 'lucide-react/icons/trash-2'
import Undo from 'lucide-react/icons/undo-2'
import type { ReactNode } from 'react'
import { useDialogs } from '../../app/dialogs.tsx'
import { toggleTheme } from '../../app/theme.ts'
import { ListMark } from '../lists/list-mark.tsx'
import { useOverview, useSavedFilters } from '../sidebar/overview.ts'
import { undoLast } from '../undo/undo-stack.ts'
import { readSearch } from '../views/view-filters.ts'

export interface PaletteCommand {
  id: string
  label: string
  icon?: ReactNode
  shortcut?: string
  keywords?: string[]
  run: () => void
}

const PLACES = [
  { to: '/inbox', label: 'Inbox', icon: <Inbox />, shortcut: 'g i' },
  { to: '/today', label: 'Today', icon: <Sun />, shortcut: 'g t' },
  { to: '/upcoming', label: 'Upcoming', icon: <CalendarDays />, shortcut: 'g u' },
  { to: '/all', label: 'All tasks', icon: <ListTodo />, shortcut: 'g a' },
  { to: '/bin', label: 'Bin', icon: <Trash />, shortcut: 'g b' },
  { to: '/settings', label: 'Settings', icon: <Settings />, shortcut: 'g s' },
] as const

export function usePaletteCommands(): { name: string; commands: PaletteCommand[] }[] {
  const navigate = useNavigate()
  const places = PLACES.map(({ to, ...place }) => ({
    ...place,
    id: to,
    keywords: ['go to'],
    run: () => void navigate({ to, search: {} }),
  }))
  return [
    { name: 'Do', commands: useDeeds() },
    { name: 'Go to', commands: [...places, ...useOwnPlaces()] },
  ]
}

function useDeeds(): PaletteCommand[] {
  const { open } = useDialogs()
  return [
    {
      id: 'add',
      label: 'Add a task',
      icon: <Plus />,
      shortcut: 'q',
      keywords: ['new', 'create'],
      run: () => open({ kind: 'quick-add' }),
    },
    {
      id: 'list',
      label: 'Make a list',
      icon: <ListPlus />,
      keywords: ['new', 'create', 'project'],
      run: () => open({ kind: 'list' }),
    },
    {
      id: 'theme',
      label: 'Light or dark theme',
      icon: <Moon />,
      shortcut: 'g d',
      keywords: ['toggle', 'appearance'],
      run: toggleTheme,
    },
    { id: 'undo', label: 'Undo the last change', icon: <Undo />, shortcut: 'z', run: undoLast },
    { id: 'help', label: 'Keyboard help', icon: <Keyboard />, shortcut: '?', run: () => open({ kind: 'help' }) },
  ]
}

function useOwnPlaces(): PaletteCommand[] {
  const navigate = useNavigate()
  const overview = useOverview()
  const filters = useSavedFilters()
  const lists = (overview?.lists ?? []).filter((list) => !list.isInbox)
  return [
    ...lists.map((list) => ({
      id: list.id,
      label: list.name,
      icon: <ListMark list={list} />,
      keywords: ['list'],
      run: () => void navigate({ to: '/list/$listId', params: { listId: list.id }, search: {} }),
    })),
    ...filters.map((filter) => ({
      id: filter.id,
      label: filter.name,
      icon: <Bookmark />,
      keywords: ['filter', 'view'],
      run: () =>
        void navigate({ to: '/filter/$filterId', params: { filterId: filter.id }, search: readSearch(filter.query) }),
    })),
    ...(overview?.tags ?? []).map((tag) => ({
      id: `tag ${tag.name}`,
      label: tag.name,
      icon: <Hash />,
      keywords: ['tag'],
      run: () => void navigate({ to: '/tag/$tag', params: { tag: tag.name }, search: {} }),
    })),
  ]
}
