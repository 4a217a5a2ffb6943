import { classNames } from './class-names.ts'

/** A grey shape of the size of what is coming. */
export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={classNames('block animate-pulse rounded-control bg-line', className)} />
}
