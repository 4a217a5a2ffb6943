import CloudOff from 'lucide-react/icons/cloud-off'
import { describeError } from '../api/api-error.ts'
import { Button } from './button.tsx'
import { EmptyState } from './empty-state.tsx'

interface ErrorStateProps {
  error: unknown
  title: string
  isPage?: boolean
  onRetry: () => void
}

/** What happened, and the way out of it. */
export function ErrorState({ error, title, isPage = false, onRetry }: ErrorStateProps) {
  return (
    <div role="alert">
      <EmptyState
        icon={<CloudOff size={22} />}
        title={title}
        isPage={isPage}
        action={<Button onClick={onRetry}>Try again</Button>}
      >
        {describeError(error)}
      </EmptyState>
    </div>
  )
}
