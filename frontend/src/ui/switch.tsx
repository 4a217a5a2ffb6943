import { Switch as RadixSwitch } from 'radix-ui'
import { type ComponentProps, useId } from 'react'
import { classNames } from './class-names.ts'

interface SwitchProps {
  label: string
  hint?: string
  isOn: boolean
  onChange: (isOn: boolean) => void
}

/** A switch with its words beside it. */
export function Switch({ label, hint, isOn, onChange }: SwitchProps) {
  const id = useId()
  return (
    <div className="flex items-start justify-between gap-4">
      <div className="grid min-w-0 gap-0.5">
        <label htmlFor={id} className="text-s font-medium">
          {label}
        </label>
        {hint && (
          <p id={`${id}-hint`} className="text-xs text-ink-2 [overflow-wrap:anywhere]">
            {hint}
          </p>
        )}
      </div>
      <BareSwitch
        id={id}
        checked={isOn}
        onCheckedChange={onChange}
        aria-describedby={hint ? `${id}-hint` : undefined}
        className="mt-0.5"
      />
    </div>
  )
}

/** A switch that stands beside what it is for: its label is for screen readers. */
export function ToggleSwitch({ label, isOn, onChange }: Omit<SwitchProps, 'hint'>) {
  return <BareSwitch checked={isOn} onCheckedChange={onChange} aria-label={label} />
}

function BareSwitch({ className, ...rest }: ComponentProps<typeof RadixSwitch.Root>) {
  return (
    <RadixSwitch.Root
      {...rest}
      className={classNames(
        'relative h-6 w-10 shrink-0 rounded-full bg-control p-0.5 transition-colors data-[state=checked]:bg-accent pointer-coarse:after:absolute pointer-coarse:after:-inset-2',
        className,
      )}
    >
      <RadixSwitch.Thumb className="block size-5 rounded-full bg-surface shadow-1 transition-transform data-[state=checked]:translate-x-4 dark:bg-ink dark:data-[state=checked]:bg-on-accent" />
    </RadixSwitch.Root>
  )
}
