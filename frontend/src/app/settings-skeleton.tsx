import { Skeleton } from '../ui/skeleton.tsx'

/** The settings' place while their code is being fetched: a form, a choice, and more below. */
export function SettingsSkeleton() {
  return (
    <div role="status" aria-label="Loading the settings" className="max-w-[640px]">
      <p aria-hidden className="pt-1 text-[22px] leading-tight font-[680] tracking-[-0.02em] md:text-xl">
        Settings
      </p>
      <SectionSkeleton fields={['w-10', 'w-12', 'w-20', 'w-36']} />
      <SectionSkeleton fields={['w-24']} />
      <SectionSkeleton fields={['w-28', 'w-24']} />
    </div>
  )
}

/** @param fields how wide their labels are */
function SectionSkeleton({ fields }: { fields: readonly string[] }) {
  return (
    <div className="mt-7">
      <Skeleton className="my-1 h-4 w-28" />
      <Skeleton className="mt-2 h-3.5 w-72 max-w-full" />
      <div className="mt-3 grid gap-4 rounded-card border border-line bg-surface p-4 sm:p-5">
        {fields.map((width) => (
          <div key={width} className="grid gap-1.5">
            <Skeleton className={`my-[3px] h-3.5 ${width}`} />
            <Skeleton className="h-9 pointer-coarse:h-10" />
          </div>
        ))}
      </div>
    </div>
  )
}
