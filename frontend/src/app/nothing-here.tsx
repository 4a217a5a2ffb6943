import { Link } from '@tanstack/react-router'
import Compass from 'lucide-react/icons/compass'
import { EmptyState } from '../ui/empty-state.tsx'

/** At an address that leads nowhere, or no longer. */
export function NothingHere() {
  return (
    <EmptyState
      icon={<Compass size={22} />}
      title="There is nothing here"
      isPage
      action={
        <Link to="/today" search={{}} className="font-semibold text-accent-ink underline underline-offset-4">
          Go to Today
        </Link>
      }
    >
      The address may be mistyped, or what it showed was deleted.
    </EmptyState>
  )
}
