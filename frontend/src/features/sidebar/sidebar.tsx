import { Link } from '@tanstack/react-router'
import Search from 'lucide-react/icons/search'
import { useDialogs } from '../../app/dialogs.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { modKey } from '../../ui/use-shortcuts.ts'
import { usePerson } from '../account/person.ts'
import { NavSections } from './nav-sections.tsx'

/** The places of the app, on screens that are wide enough; the phone has the bottom bar and the sheet of lists. */
export function Sidebar() {
  const { name } = usePerson()
  const { open } = useDialogs()
  return (
    <nav
      aria-label="Main"
      className="sticky top-0 flex h-dvh flex-col gap-5 overflow-y-auto border-e border-line bg-sunken px-3 py-4"
    >
      <div className="flex items-center gap-1">
        <Link
          to="/settings"
          search={{}}
          className="flex min-w-0 flex-1 items-center gap-2.5 rounded-control px-2 py-1 font-semibold hover:bg-hover"
        >
          <span
            aria-hidden
            className="grid size-[26px] shrink-0 place-items-center rounded-[8px] bg-linear-140 from-accent to-accent-ink text-s text-on-accent"
          >
            {(name.at(0) ?? '?').toLocaleUpperCase()}
          </span>
          <bdi className="truncate">{name}</bdi>
          <span className="sr-only">: settings</span>
        </Link>
        <IconButton
          label="Search and commands"
          tip={`Commands ${modKey} K`}
          tipSide="end"
          onClick={() => open({ kind: 'palette' })}
        >
          <Search size={16} />
        </IconButton>
      </div>
      <NavSections />
    </nav>
  )
}
