import type { Due } from '@todo/model/task'
import type { ComponentProps } from 'react'
import { lazyNamed } from '../../ui/lazy-named.ts'
import { PopoverButton } from '../../ui/popover-button.tsx'

const DuePicker = lazyNamed(() => import('./due-picker.tsx'), 'DuePicker', { isNear: true })

interface DueButtonProps extends ComponentProps<'button'> {
  due: Due | null
  onChoose: (due: Due | null) => void
}

/** A button that opens the days to choose from, until one is chosen. */
export function DueButton({ due, onChoose, ...button }: DueButtonProps) {
  return (
    <PopoverButton
      {...button}
      popoverLabel="Due date"
      content={(close) => (
        <DuePicker
          value={due}
          onChange={(next) => {
            onChoose(next)
            close()
          }}
        />
      )}
    />
  )
}
