import X from 'lucide-react/icons/x'
import type { ReactNode } from 'react'
import { chipClass } from '../views/chip-class.ts'

interface ChoiceChipProps {
  icon: ReactNode
  label: string
  value: string | null | undefined
  onClear: () => void
  /** Draws the button that opens the choices. */
  children: (button: { className: string; 'aria-label': string; children: ReactNode }) => ReactNode
}

const iconSize = '[&_svg]:size-[13px] [&_svg]:shrink-0'

/** An icon and a word while there is no value; the value with a cross once there is. */
export function ChoiceChip({ icon, label, value, onClear, children }: ChoiceChipProps) {
  const face = (
    <>
      {icon}
      <bdi className="truncate">{value || label}</bdi>
    </>
  )
  if (!value) return children({ className: `${chipClass()} ${iconSize}`, 'aria-label': label, children: face })
  return (
    <span className={`${chipClass('on')} ${iconSize} !pe-1`}>
      {children({
        className: 'inline-flex min-w-0 items-center gap-1.5',
        'aria-label': `${label}: ${value}`,
        children: face,
      })}
      <ClearButton label={`Remove ${label.toLowerCase()}`} onClick={onClear} />
    </span>
  )
}

export function ClearButton({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <button
      type="button"
      aria-label={label}
      onClick={onClick}
      className="grid size-5 shrink-0 place-items-center rounded-full hover:bg-accent hover:text-on-accent pointer-coarse:size-8"
    >
      <X size={13} />
    </button>
  )
}
