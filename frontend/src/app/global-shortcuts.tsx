import { useNavigate } from '@tanstack/react-router'
import { undoLast } from '../features/undo/undo-stack.ts'
import { focusSearch } from '../features/views/search-box.tsx'
import { useShortcuts } from '../ui/use-shortcuts.ts'
import { useDialogs } from './dialogs.tsx'
import { toggleTheme } from './theme.ts'

/** The keys that work on every screen. */
export function GlobalShortcuts() {
  const dialogs = useDialogs()
  const navigate = useNavigate()
  const go = (to: '/inbox' | '/today' | '/upcoming' | '/all' | '/bin' | '/settings') => () =>
    void navigate({ to, search: {} })
  useShortcuts({
    q: () => dialogs.open({ kind: 'quick-add' }),
    '?': () => dialogs.open({ kind: 'help' }),
    'mod+k': () => dialogs.open({ kind: 'palette' }),
    '/': focusSearch,
    z: undoLast,
    'mod+z': undoLast,
    'g i': go('/inbox'),
    'g t': go('/today'),
    'g u': go('/upcoming'),
    'g a': go('/all'),
    'g b': go('/bin'),
    'g s': go('/settings'),
    'g d': toggleTheme,
  })
  return null
}
