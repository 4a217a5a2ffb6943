import { type ComponentProps, type ReactNode, useState } from 'react'
import type { Room } from './anchored-popover.tsx'
import { lazyNamed } from './lazy-named.ts'
import { Opening } from './opening.tsx'

const AnchoredPopover = lazyNamed(() => import('./anchored-popover.tsx'), 'AnchoredPopover', {
  Waiting: Opening,
  isNear: true,
})

interface PopoverButtonProps extends Omit<ComponentProps<'button'>, 'content'> {
  /** What the popover is called. */
  popoverLabel: string
  content: (close: () => void) => ReactNode
  align?: 'start' | 'center' | 'end'
  popoverClassName?: string
  room?: Room
  render?: (props: ComponentProps<'button'>) => ReactNode
}

/** A button that opens a popover. The popover's code is fetched when it is first needed. */
export function PopoverButton({
  popoverLabel,
  content,
  align,
  popoverClassName,
  room,
  render,
  ...rest
}: PopoverButtonProps) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null)
  const close = () => setAnchor(null)
  const props = {
    ...rest,
    type: 'button' as const,
    'aria-haspopup': 'dialog' as const,
    'aria-expanded': anchor !== null,
    onClick: (event: React.MouseEvent<HTMLButtonElement>) => setAnchor(anchor ? null : event.currentTarget),
  }
  return (
    <>
      {render ? render(props) : <button {...props} />}
      {anchor && (
        <AnchoredPopover
          anchor={anchor}
          onClose={close}
          label={popoverLabel}
          {...(align && { align })}
          {...(room && { room })}
          {...(popoverClassName && { className: popoverClassName })}
        >
          {content(close)}
        </AnchoredPopover>
      )}
    </>
  )
}
