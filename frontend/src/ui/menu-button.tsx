import { type ComponentProps, type ReactNode, useState } from 'react'
import type { MenuEntry } from './anchored-menu.tsx'
import { lazyNamed } from './lazy-named.ts'
import { Opening } from './opening.tsx'

const AnchoredMenu = lazyNamed(() => import('./anchored-menu.tsx'), 'AnchoredMenu', {
  Waiting: Opening,
  isNear: true,
})

interface MenuButtonProps extends ComponentProps<'button'> {
  menuLabel: string
  entries: () => readonly MenuEntry[]
  render?: (props: ComponentProps<'button'>) => ReactNode
}

/** A button that opens a menu. The menu's code is fetched when it is first needed. */
export function MenuButton({ menuLabel, entries, render, ...rest }: MenuButtonProps) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null)
  const props = {
    ...rest,
    type: 'button' as const,
    'aria-haspopup': 'menu' as const,
    'aria-expanded': anchor !== null,
    onClick: (event: React.MouseEvent<HTMLButtonElement>) => {
      event.stopPropagation()
      setAnchor(anchor ? null : event.currentTarget)
    },
  }
  return (
    <>
      {render ? render(props) : <button {...props} />}
      {anchor && <AnchoredMenu anchor={anchor} label={menuLabel} entries={entries()} onClose={() => setAnchor(null)} />}
    </>
  )
}
