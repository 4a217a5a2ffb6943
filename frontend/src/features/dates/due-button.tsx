import type { Due } from '@todo/model/task'
import type { ComponentProps } from 'react'
import { lazyNamed } from '../../ui/lazy-named.ts'
import { PopoverButton } from '../../ui/popover-button.tsx'
import { DUE_ROOM } from './due-room.ts'

/** Takes the room of the days from the start: the popover finds its side by its height. */
const DueSpace = () => <div style={DUE_ROOM} />

const DuePicker = lazyNamed(() => import('./due-picker.tsx'), 'DuePicker', { Waiting: DueSpace, isNear: true })

interface DueButtonProps extends ComponentProps<'button'> {
  due: Due | null
  canClear?: boolean
  onChoose: (due: Due | null) => void
}

/** A button that opens the days to choose from, until one is chosen. */
export function DueButton({ due, canClear, onChoose, ...button }: DueButtonProps) {
  return (
    <PopoverButton
      {...button}
      popoverLabel="Due date"
      room={DUE_ROOM}
      content={(close) => (
        <DuePicker
          value={due}
          {...(canClear !== undefined && { canClear })}
          onChange={(next) => {
            onChoose(next)
            close()
          }}
        />
      )}
    />
  )
}
