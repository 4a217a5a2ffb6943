import { type ErrorComponentProps, useRouter } from '@tanstack/react-router'
import { ErrorState } from '../ui/error-state.tsx'
import { NothingHere } from './nothing-here.tsx'

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
      <NothingHere />
    </main>
  )
}
