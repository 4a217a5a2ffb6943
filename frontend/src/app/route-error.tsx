import { type ErrorComponentProps, Link, useRouter } from '@tanstack/react-router'
import Compass from 'lucide-react/icons/compass'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorState } from '../ui/error-state.tsx'

export function RouteError({ error, reset }: ErrorComponentProps) {
  const router = useRouter()
  const retry = () => {
    reset()
    void router.invalidate()
  }
  return (
    <main className="grid min-h-dvh place-items-center">
      <ErrorState error={error} title="Todo Cloud could not be shown" isPage onRetry={retry} />
    </main>
  )
}

export function NotFound() {
  return (
    <main className="grid min-h-dvh place-items-center">
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
    </main>
  )
}
