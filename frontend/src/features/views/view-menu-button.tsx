import type { ComponentProps } from 'react'
import { lazyNamed } from '../../ui/lazy-named.ts'
import { MenuOpener } from '../../ui/menu-button.tsx'
import { Opening } from '../../ui/opening.tsx'
import type { ViewMenuProps } from './view-menu.tsx'

const ViewMenu = lazyNamed(() => import('./view-menu.tsx'), 'ViewMenu', { Waiting: Opening, isNear: true })

/** A button that opens a menu of the view, whose entries come with the menu. */
export function ViewMenuButton({ of, view, ...button }: Pick<ViewMenuProps, 'of' | 'view'> & ComponentProps<'button'>) {
  return <MenuOpener {...button} menu={(menu) => <ViewMenu {...menu} of={of} view={view} />} />
}
