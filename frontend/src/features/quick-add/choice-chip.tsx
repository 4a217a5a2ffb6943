import type { ReactNode } from 'react'
import { ClearButton } from '../../ui/clear-button.tsx'
import { chipClass, chipPartClass } from '../views/chip-class.ts'

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
        className: `inline-flex items-center gap-1.5 ${chipPartClass}`,
        'aria-label': `${label}: ${value}`,
        children: face,
      })}
      <ClearButton label={`Remove ${label.toLowerCase()}`} onClick={onClear} />
    </span>
  )
}
