import { Skeleton } from '../ui/skeleton.tsx'

/** The frame of the app while the person and the code of the screen are being fetched. */
export function AppSkeleton() {
  return (
    <div aria-busy className="grid min-h-dvh md:grid-cols-[248px_minmax(0,1fr)]">
      <div className="hidden border-e border-line bg-sunken p-5 md:block">
        <Skeleton className="mb-8 h-7 w-28" />
        <div className="grid gap-3">
          {Array.from({ length: 8 }, (_, index) => (
            <Skeleton key={index} className="h-5 w-full" />
          ))}
        </div>
      </div>
      <div className="mx-auto w-full max-w-[880px] px-4 py-5 md:px-8">
        <Skeleton className="mb-7 h-9 w-full rounded-card" />
        <Skeleton className="mb-3 h-8 w-40" />
        <Skeleton className="mb-8 h-4 w-64" />
        <TaskRowsSkeleton />
      </div>
    </div>
  )
}

export function TaskRowsSkeleton({ count = 7 }: { count?: number }) {
  return (
    <div role="status" aria-label="Loading tasks">
      {Array.from({ length: count }, (_, index) => (
        <div key={index} className="flex h-[65px] gap-3 border-b border-line px-1 py-3">
          <Skeleton className="size-5 shrink-0 rounded-[7px]" />
          <div className="grid flex-1 content-start gap-2">
            <Skeleton className={index % 3 === 0 ? 'h-4 w-3/5' : index % 3 === 1 ? 'h-4 w-2/5' : 'h-4 w-1/2'} />
            <Skeleton className="h-3 w-1/4" />
          </div>
          <Skeleton className="h-5 w-16" />
        </div>
      ))}
    </div>
  )
}
