import { Skeleton } from './skeleton.tsx'

export function LinesSkeleton() {
  return (
    <div role="status" aria-label="Loading" className="grid gap-4 py-1">
      {Array.from({ length: 4 }, (_, index) => (
        <Skeleton key={index} className="h-4 w-4/5" />
      ))}
    </div>
  )
}
