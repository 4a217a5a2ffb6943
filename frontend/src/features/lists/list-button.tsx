import type { List } from '@todo/model/list'
import type { ComponentProps } from 'react'
import { lazyNamed } from '../../ui/lazy-named.ts'
import { PopoverButton } from '../../ui/popover-button.tsx'

/** Takes the room of some lists from the start: the popover finds its side by its height. */
const ListSpace = () => <div className="h-64 w-60" />

const ListPicker = lazyNamed(() => import('./list-picker.tsx'), 'ListPicker', { Waiting: ListSpace, isNear: true })

interface ListButtonProps extends ComponentProps<'button'> {
  popoverLabel: string
  /** The list that is chosen now. */
  listId: string | null
  onChoose: (list: List) => void
}

/** A button that opens the lists to choose from, until one is chosen. */
export function ListButton({ listId, onChoose, ...button }: ListButtonProps) {
  return (
    <PopoverButton
      {...button}
      content={(close) => (
        <ListPicker
          {...(listId && { value: listId })}
          onChoose={(list) => {
            onChoose(list)
            close()
          }}
        />
      )}
    />
  )
}
