import { Popover } from 'radix-ui'
import { type ReactNode, useEffect, useState } from 'react'
import { classNames } from './class-names.ts'
import { keepsEscape } from './keeps-escape.ts'

export interface AnchoredProps {
  /** What it hangs on. */
  anchor: HTMLElement
  onClose: () => void
  label: string
  align?: 'start' | 'center' | 'end'
  className?: string
  /** What the content needs in px: where that is neither below nor above, but beside the anchor, it goes there. */
  room?: Room
  children: ReactNode
}

export interface Room {
  width: number
  height: number
}

/** From the anchor, and from the edge of the window. */
const OFFSET = 6
const PADDING = 8

export const overlayClass =
  'z-50 rounded-card border border-line bg-surface text-ink shadow-2 outline-none animate-rise max-w-[calc(100vw-16px)]'

/** With `data-sheet`: on a phone it lies at the bottom edge, as wide as the screen, and no higher than leaves a way out. */
export const sheetClass =
  'max-sm:max-h-[92dvh] max-sm:!w-full max-sm:max-w-none max-sm:animate-sheet max-sm:rounded-b-none max-sm:rounded-t-sheet max-sm:pb-[env(safe-area-inset-bottom)] max-sm:shadow-[0_0_0_100vmax_var(--veil)]'

/** A popover over the page, a sheet from the bottom edge on a phone: traps the focus, closes on Escape or a click outside, gives the focus back. */
export function AnchoredPopover({ anchor, onClose, label, align = 'start', className, room, children }: AnchoredProps) {
  const [virtualAnchor] = useState(() => ({ current: stayingAt(anchor) }))
  const [side] = useState<'right' | 'bottom'>(() =>
    room && isOnlyBeside(anchor.getBoundingClientRect(), room) ? 'right' : 'bottom',
  )
  const giveBack = useAnchored(anchor)
  return (
    <Popover.Root open modal onOpenChange={(open) => !open && onClose()}>
      <Popover.Anchor virtualRef={virtualAnchor} />
      <Popover.Portal>
        <Popover.Content
          aria-label={label}
          data-sheet
          onEscapeKeyDown={keepsEscape}
          side={side}
          align={align}
          sideOffset={OFFSET}
          collisionPadding={PADDING}
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            giveBack()
          }}
          className={classNames(
            overlayClass,
            'max-h-(--radix-popover-content-available-height) overflow-y-auto overscroll-contain',
            sheetClass,
            className,
          )}
        >
          {children}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

/**
 * Marks the anchor for as long, to be seen by what is around it. Answers what gives the focus back to where it was: on
 * the anchor that was clicked, or wherever a key was pressed.
 */
export function useAnchored(anchor: HTMLElement): () => void {
  const [opener] = useState(() => document.activeElement)
  useEffect(() => {
    anchor.setAttribute('data-open', '')
    return () => anchor.removeAttribute('data-open')
  }, [anchor])
  return () => {
    const knows = opener instanceof HTMLElement && opener !== document.body && opener.isConnected
    const target = knows ? opener : anchor
    if (target.isConnected) target.focus({ preventScroll: true })
  }
}

function isOnlyBeside({ top, right, bottom, left }: DOMRect, { width, height }: Room): boolean {
  const fits = (before: number, after: number, size: number) => Math.max(before, after) >= size + OFFSET + PADDING
  return !fits(top, window.innerHeight - bottom, height) && fits(left, window.innerWidth - right, width)
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
