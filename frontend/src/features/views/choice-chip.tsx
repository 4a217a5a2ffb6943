import type { ReactNode } from 'react'
import { ClearButton } from '../../ui/clear-button.tsx'
import { chipClass } from './chip-class.ts'

interface ChoiceChipProps {
  icon: ReactNode
  label: string
  value: string | null | undefined
  /** The value says itself what it is of. */
  isPlainValue?: boolean
  clearLabel: string
  onClear: () => void
  /** Draws the button that opens the choices. */
  children: (button: { className: string; 'aria-label': string | undefined; children: ReactNode }) => ReactNode
}

/**
 * An icon and a word while there is no value; the value with a cross once there is. It is the same button in both, so
 * that what it opened stays open, and gives the focus back to it.
 */
export function ChoiceChip({ icon, label, value, isPlainValue, clearLabel, onClear, children }: ChoiceChipProps) {
  return (
    <span className={`${chipClass(value ? 'on' : 'plain')} ${value ? '!pe-1' : ''}`}>
      {children({
        className: `chip-part inline-flex min-w-0 items-center gap-1.5 rounded-full ${value ? '' : 'chip-whole'}`,
        'aria-label': value && !isPlainValue ? `${label}: ${value}` : undefined,
        children: (
          <>
            {icon}
            <bdi className="truncate">{value || label}</bdi>
          </>
        ),
      })}
      {value && <ClearButton label={clearLabel} onClick={onClear} />}
    </span>
  )
}
