import { Popover } from 'radix-ui'
import { type ReactNode, useState } from 'react'
import { classNames } from './class-names.ts'
import { keepsEscape } from './keeps-escape.ts'

export interface AnchoredProps {
  /** What it hangs on, and what gets the focus back. */
  anchor: HTMLElement
  onClose: () => void
  label: string
  align?: 'start' | 'center' | 'end'
  className?: string
  children: ReactNode
}

export const overlayClass =
  'z-50 rounded-card border border-line bg-surface text-ink shadow-2 outline-none animate-rise max-w-[calc(100vw-16px)]'

/** A popover over the page, a sheet from the bottom edge on a phone: traps the focus, closes on Escape or a click outside, gives the focus back. */
export function AnchoredPopover({ anchor, onClose, label, align = 'start', className, children }: AnchoredProps) {
  const [virtualAnchor] = useState(() => ({ current: stayingAt(anchor) }))
  return (
    <Popover.Root open modal onOpenChange={(open) => !open && onClose()}>
      <Popover.Anchor virtualRef={virtualAnchor} />
      <Popover.Portal>
        <Popover.Content
          aria-label={label}
          data-sheet
          onEscapeKeyDown={keepsEscape}
          align={align}
          sideOffset={6}
          collisionPadding={8}
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            if (anchor.isConnected) anchor.focus({ preventScroll: true })
          }}
          className={classNames(
            overlayClass,
            'max-h-(--radix-popover-content-available-height) overflow-y-auto overscroll-contain',
            'max-sm:max-h-[82dvh] max-sm:!w-full max-sm:max-w-none max-sm:animate-sheet max-sm:rounded-b-none max-sm:rounded-t-sheet max-sm:pb-[env(safe-area-inset-bottom)] max-sm:shadow-[0_0_0_100vmax_var(--veil)]',
            className,
          )}
        >
          {children}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

/** Where an element is, or was last: what the popover changes may take it away. */
function stayingAt(anchor: HTMLElement) {
  let last = anchor.getBoundingClientRect()
  return {
    getBoundingClientRect: () => {
      if (anchor.isConnected) last = anchor.getBoundingClientRect()
      return last
    },
  }
}
