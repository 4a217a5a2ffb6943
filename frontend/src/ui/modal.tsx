import { Dialog } from 'radix-ui'
import { type ComponentProps, type ReactNode, useState } from 'react'
import { classNames } from './class-names.ts'
import { keepsEscape } from './keeps-escape.ts'

interface ModalProps {
  title: string
  /** Whether the title is only for screen readers, where the content shows one of its own. */
  hidesTitle?: boolean
  onClose: () => void
  size?: 's' | 'm' | 'l'
  /** On a phone: a sheet from the bottom edge instead of a card. */
  className?: string
  children: ReactNode
  /** What gets the focus when it closes, where the element that had it before is gone. */
  fallbackFocus?: () => HTMLElement | null
  onOpenAutoFocus?: ComponentProps<typeof Dialog.Content>['onOpenAutoFocus']
}

const SIZES = { s: 'sm:w-[27.5rem]', m: 'sm:w-[38.75rem]', l: 'sm:w-[47.5rem]' } as const

/** What is done in a toast is not done to close the dialog under it. */
function keepsToasts(event: Event): void {
  if (event.target instanceof Element && event.target.closest('[data-sonner-toaster]')) event.preventDefault()
}

/** A dialog: traps the focus, closes on Escape or a click outside, gives the focus back. A sheet on a phone. */
export function Modal({
  title,
  hidesTitle,
  onClose,
  size = 'm',
  className,
  fallbackFocus,
  children,
  ...events
}: ModalProps) {
  const [opener] = useState(() => document.activeElement)
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 animate-fade bg-veil" />
        <Dialog.Content
          aria-describedby={undefined}
          data-modal
          onEscapeKeyDown={keepsEscape}
          onInteractOutside={keepsToasts}
          {...events}
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            const target = opener instanceof HTMLElement && opener.isConnected ? opener : fallbackFocus?.()
            target?.focus({ preventScroll: true })
          }}
          className={classNames(
            'fixed inset-x-0 bottom-0 z-40 mx-auto flex max-h-[calc(100dvh-24px)] w-full animate-sheet flex-col rounded-t-sheet border border-line bg-surface text-ink shadow-2 outline-none',
            'sm:top-[max(24px,12vh)] sm:bottom-auto sm:max-h-[min(calc(100dvh-48px),calc(100dvh-12vh-24px))] sm:max-w-[calc(100vw-48px)] sm:animate-rise sm:rounded-sheet',
            SIZES[size],
            className,
          )}
        >
          <Dialog.Title
            className={
              hidesTitle ? 'sr-only' : 'px-5 pt-5 text-l font-semibold tracking-tight [overflow-wrap:anywhere]'
            }
          >
            {title}
          </Dialog.Title>
          {children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
