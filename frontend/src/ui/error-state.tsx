import CloudOff from 'lucide-react/icons/cloud-off'
import { describeError } from '../api/api-error.ts'
import { Button } from './button.tsx'
import { EmptyState } from './empty-state.tsx'

/** What happened, and the way out of it. */
export function ErrorState({ error, title, onRetry }: { error: unknown; title: string; onRetry: () => void }) {
  return (
    <div role="alert">
      <EmptyState icon={<CloudOff size={22} />} title={title} action={<Button onClick={onRetry}>Try again</Button>}>
        {describeError(error)}
      </EmptyState>
    </div>
  )
}
