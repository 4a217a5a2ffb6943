import { Link } from '@tanstack/react-router'
import CalendarDays from 'lucide-react/icons/calendar-days'
import Folder from 'lucide-react/icons/folder'
import Inbox from 'lucide-react/icons/inbox'
import Plus from 'lucide-react/icons/plus'
import Sun from 'lucide-react/icons/sun'
import { useDialogs } from '../../app/dialogs.tsx'

const itemClass =
  'grid min-w-14 justify-items-center gap-0.5 rounded-card py-1.5 text-2xs font-medium text-ink-2 [&>svg]:size-5'

/** Where to go on a phone, with the thumb. */
export function BottomBar() {
  const { open } = useDialogs()
  const link = { search: {}, className: itemClass, activeProps: { className: '!text-accent-ink' } }
  return (
    <nav
      aria-label="Main"
      className="fixed inset-x-0 bottom-0 z-30 flex justify-around border-t border-line bg-surface px-2 pb-[env(safe-area-inset-bottom)]"
    >
      <Link to="/inbox" {...link}>
        <Inbox /> Inbox
      </Link>
      <Link to="/today" {...link}>
        <Sun /> Today
      </Link>
      <button
        type="button"
        aria-label="Add a task"
        onClick={() => open({ kind: 'quick-add' })}
        className="-mt-4 grid size-12 place-items-center rounded-[15px] bg-accent text-on-accent shadow-2 active:scale-95"
      >
        <Plus size={24} />
      </button>
      <Link to="/upcoming" {...link}>
        <CalendarDays /> Upcoming
      </Link>
      <button type="button" onClick={() => open({ kind: 'lists' })} className={itemClass} aria-haspopup="dialog">
        <Folder /> Lists
      </button>
    </nav>
  )
}
