import { useState, useSyncExternalStore } from 'react'
import { Button } from '../ui/button.tsx'
import { areChunksMissing, retryMissingChunks, watchMissingChunks } from '../ui/chunk.ts'
import { EmptyState } from '../ui/empty-state.tsx'
import CloudOff from 'lucide-react/icons/cloud-off'
import { tryAgain } from './new-version.ts'

/** Says that a part of the program could not be fetched, for as long as something on screen waits for it. */
export function MissingNotice() {
  const isMissing = useSyncExternalStore(watchMissingChunks, areChunksMissing)
  return (
    <div role="alert" className="contents">
      {isMissing && (
        <p className="fixed inset-x-0 bottom-[calc(84px+env(safe-area-inset-bottom))] z-50 mx-auto flex w-fit max-w-[calc(100vw-24px)] animate-rise items-center gap-4 rounded-card border border-line-strong bg-surface py-2 ps-4 pe-2 text-s shadow-2 md:bottom-6">
          This part of the app could not be loaded.
          <TryAgain retry={retryMissingChunks} />
        </p>
      )}
    </div>
  )
}

/** In the place of a whole screen that could not be fetched. */
export function MissingScreen({ retry }: { retry: () => Promise<boolean> }) {
  return (
    <main role="alert" className="grid min-h-[60dvh] place-items-center">
      <EmptyState
        icon={<CloudOff size={22} />}
        title="This page could not be loaded"
        isPage
        action={<TryAgain retry={retry} />}
      >
        Check your connection and try again.
      </EmptyState>
    </main>
  )
}

function TryAgain({ retry }: { retry: () => Promise<boolean> }) {
  const [isBusy, setBusy] = useState(false)
  const onClick = async () => {
    setBusy(true)
    await tryAgain(retry)
    setBusy(false)
  }
  return (
    <Button isBusy={isBusy} onClick={() => void onClick()} className="shrink-0">
      {isBusy ? 'Trying…' : 'Try again'}
    </Button>
  )
}
