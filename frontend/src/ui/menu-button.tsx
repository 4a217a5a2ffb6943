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
export function MenuButton({ menuLabel, entries, ...rest }: MenuButtonProps) {
  return <MenuOpener {...rest} menu={(menu) => <AnchoredMenu {...menu} label={menuLabel} entries={entries()} />} />
}

interface MenuOpenerProps extends ComponentProps<'button'> {
  /** Draws the menu, which may bring its entries with it. */
  menu: (menu: { anchor: HTMLElement; onClose: () => void }) => ReactNode
  render?: (props: ComponentProps<'button'>) => ReactNode
}

/** A button that opens a menu of any make. */
export function MenuOpener({ menu, render, ...rest }: MenuOpenerProps) {
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
      {anchor && menu({ anchor, onClose: () => setAnchor(null) })}
    </>
  )
}
