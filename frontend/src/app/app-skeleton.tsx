import type { ReactNode } from 'react'
import { Skeleton } from '../ui/skeleton.tsx'

const PLACES = ['Inbox', 'Today', 'Upcoming', 'All tasks']

/**
 * The frame of the app while the person and the code of the screen are being fetched: everything is where it will be,
 * and what is the same for everybody can be read.
 */
export function AppSkeleton({ children }: { children: ReactNode }) {
  return (
    <div aria-busy className="grid min-h-dvh md:grid-cols-[248px_minmax(0,1fr)]">
      <div className="hidden border-e border-line bg-sunken px-3 py-4 md:block">
        <div className="mb-5 flex h-9 items-center gap-2.5 px-2">
          <Skeleton className="size-[26px] rounded-[8px]" />
          <Skeleton className="h-4 w-24" />
        </div>
        {PLACES.map((place) => (
          <div
            key={place}
            className="mb-px flex h-8 items-center gap-2.5 px-2 text-s font-medium text-ink-2 pointer-coarse:h-10"
          >
            <Skeleton className="size-4" />
            {place}
          </div>
        ))}
      </div>
      <div className="mx-auto w-full max-w-[944px] px-4 pt-4 md:px-8 md:pt-5">
        <div className="mb-4 flex h-10 items-center gap-1.5 md:mb-5">
          <div className="flex h-10 flex-1 items-center rounded-card border border-line bg-sunken ps-9 text-s text-ink-3">
            Search title and notes
          </div>
          <div className="w-[78px]" />
        </div>
        {children}
      </div>
      <BottomBarSkeleton />
    </div>
  )
}

/** In the frame, of a screen that shows tasks. */
export function TasksSkeleton() {
  return (
    <div className="pt-1">
      <Skeleton className="h-7 w-40" />
      <Skeleton className="mt-2 h-4 w-56" />
      <div className="mt-4 mb-5 flex gap-1.5">
        {Array.from({ length: 4 }, (_, index) => (
          <Skeleton key={index} className="h-7 w-18 rounded-full pointer-coarse:h-9" />
        ))}
      </div>
      <div className="mb-2 flex h-[50px] items-center rounded-card border border-line-strong bg-surface ps-[41px] text-ink-3">
        Add a task
      </div>
      <TaskRowsSkeleton />
    </div>
  )
}

function BottomBarSkeleton() {
  return (
    <div className="fixed inset-x-0 bottom-0 flex justify-around border-t border-line bg-surface px-2 pb-[env(safe-area-inset-bottom)] md:hidden">
      {['Inbox', 'Today', '', 'Upcoming', 'Lists'].map((place) =>
        place === '' ? (
          <span key={place} className="-mt-4 size-12 rounded-[15px] bg-accent shadow-2" />
        ) : (
          <span
            key={place}
            className="grid min-w-14 justify-items-center gap-0.5 rounded-card py-1.5 text-2xs font-medium text-ink-2"
          >
            <Skeleton className="size-5" />
            {place}
          </span>
        ),
      )}
    </div>
  )
}

/** Under a heading, as most views have it. */
export function TaskRowsSkeleton({ count = 7 }: { count?: number }) {
  return (
    <div role="status" aria-label="Loading tasks">
      <Skeleton className="mx-1 mt-6 mb-2 h-[15px] w-20" />
      {Array.from({ length: count }, (_, index) => (
        <div key={index} className="flex h-16 gap-3 border-b border-line px-1 py-3">
          <Skeleton className="size-5 shrink-0 rounded-[7px]" />
          <div className="grid flex-1 content-start gap-2">
            <Skeleton className={index % 3 === 0 ? 'h-4 w-3/5' : index % 3 === 1 ? 'h-4 w-2/5' : 'h-4 w-1/2'} />
            <Skeleton className="h-3 w-1/4" />
          </div>
          <Skeleton className="me-1 h-4 w-4" />
        </div>
      ))}
    </div>
  )
}
