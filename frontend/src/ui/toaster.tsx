import { type CSSProperties, useEffect } from 'react'
import { createPortal } from 'react-dom'
import { Toaster as Sonner, useSonner } from 'sonner'
import { announceToaster } from './notify.ts'
import { useMediaQuery } from './use-media-query.ts'

/** What lies behind others shows its edge: it is as high as the first of them, and its words would stand out. */
const toastClass =
  'data-[expanded=false]:data-[front=false]:*:invisible flex w-(--width) items-center font-sans gap-3 rounded-[12px] border border-line-strong/0 dark:border-line-strong bg-toast py-2.5 ps-4 pe-3 text-s text-on-toast shadow-2'

/**
 * Where toasts appear: above the bottom bar on a phone, above the edge elsewhere. Beside the app and not within it, which
 * an open dialog hides from screen readers.
 */
export function Toaster() {
  useEffect(announceToaster, [])
  // Reminders are 160 px high on a phone: four of them, spread out, would cover all of it.
  const isRoomy = useMediaQuery('(min-width: 768px) and (min-height: 600px)')
  const { toasts } = useSonner()
  return createPortal(
    <Sonner
      position="bottom-center"
      offset={24}
      style={{ '--width': 'min(440px, calc(100vw - 24px))' } as CSSProperties}
      mobileOffset={{ bottom: 'calc(84px + env(safe-area-inset-bottom))', left: 12, right: 12 }}
      visibleToasts={isRoomy ? 4 : 2}
      // What was refused is read before it is gone, also where something else was done since.
      expand={toasts.some(({ type }) => type === 'error')}
      toastOptions={{
        unstyled: true,
        classNames: {
          toast: toastClass,
          content: 'min-w-0 flex-1',
          title: 'font-medium [overflow-wrap:anywhere] line-clamp-3',
          description: 'mt-0.5 [overflow-wrap:anywhere]',
          actionButton:
            'shrink-0 rounded-control px-2 py-1 font-semibold text-toast-accent hover:bg-[oklch(1_0_0/0.1)] focus-visible:outline-toast-accent',
          icon: 'text-[oklch(0.75_0.16_25)]',
        },
      }}
      icons={{ error: <span aria-hidden className="block size-2 rounded-full bg-current" /> }}
    />,
    document.body,
  )
}
