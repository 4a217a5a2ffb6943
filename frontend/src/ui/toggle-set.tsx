import { ToggleGroup } from 'radix-ui'
import { classNames } from './class-names.ts'

interface ToggleSetProps<T extends number> {
  label: string
  value: readonly T[]
  options: readonly { value: T; label: string; name?: string }[]
  /** The last one that is on stays on. */
  onChange: (value: T[]) => void
  className: string
}

/** Several of many, at least one: arrow keys move between them. */
export function ToggleSet<T extends number>({ label, value, options, onChange, className }: ToggleSetProps<T>) {
  return (
    <ToggleGroup.Root
      type="multiple"
      aria-label={label}
      value={value.map(String)}
      onValueChange={(next) => next.length > 0 && onChange(next.map((text) => Number(text) as T))}
      className={classNames('grid gap-1', className)}
    >
      {options.map((option) => (
        <ToggleGroup.Item
          key={option.value}
          value={String(option.value)}
          aria-label={option.name}
          className="min-h-9 rounded-control border border-line bg-surface px-0 text-s font-medium text-ink-2 tabular-nums transition-colors hover:border-control hover:text-ink data-[state=on]:border-accent data-[state=on]:bg-accent-soft data-[state=on]:text-accent-ink pointer-coarse:min-h-10"
        >
          {option.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  )
}
