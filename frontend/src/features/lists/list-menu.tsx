import type { List } from '@todo/model/list'
import Ellipsis from 'lucide-react/icons/ellipsis'
import Pencil from 'lucide-react/icons/pencil'
import Trash from 'lucide-react/icons/trash-2'
import { useDialogs } from '../../app/dialogs.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { MenuButton } from '../../ui/menu-button.tsx'
import { useListActions } from './list-actions.ts'

export function ListMenu({ list, className }: { list: List; className?: string }) {
  const { open } = useDialogs()
  const { remove } = useListActions()
  return (
    <MenuButton
      menuLabel={`List ${list.name}`}
      entries={() => [
        { label: 'Rename or recolour', icon: <Pencil />, onSelect: () => open({ kind: 'list', list }) },
        { label: 'Delete list', icon: <Trash />, isDanger: true, onSelect: () => void remove(list) },
      ]}
      render={({ ref: _ref, ...props }) => (
        <IconButton
          {...props}
          label={`Options of list ${list.name}`}
          tip="Options"
          tipSide="end"
          className={className ?? '!size-7 !rounded-control pointer-coarse:!size-9'}
        >
          <Ellipsis size={16} />
        </IconButton>
      )}
    />
  )
}
