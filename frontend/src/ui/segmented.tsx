import { ToggleGroup } from 'radix-ui'
import type { ReactNode } from 'react'

interface SegmentedProps<T extends string> {
  label: string
  value: T
  options: readonly { value: T; label: string; icon?: ReactNode; activeClass?: string }[]
  onChange: (value: T) => void
}

/** One of a few: arrow keys move between them. */
export function Segmented<T extends string>({ label, value, options, onChange }: SegmentedProps<T>) {
  return (
    <ToggleGroup.Root
      type="single"
      aria-label={label}
      value={value}
      onValueChange={(next) => next !== '' && onChange(next as T)}
      className="flex w-full flex-wrap rounded-control border border-line bg-sunken p-0.5"
    >
      {options.map((option) => (
        <ToggleGroup.Item
          key={option.value}
          value={option.value}
          className={`flex min-h-8 pointer-coarse:min-h-10 flex-1 items-center justify-center gap-1.5 rounded-tiny px-2 text-s font-medium text-ink-2 transition-colors hover:text-ink data-[state=on]:bg-surface data-[state=on]:shadow-1 dark:data-[state=on]:bg-hover ${option.activeClass ?? 'data-[state=on]:text-ink'}`}
        >
          {option.icon}
          {option.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  )
}
