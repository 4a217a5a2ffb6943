import type { SavedFilter } from '@todo/model/api'
import X from 'lucide-react/icons/x'
import { IconButton } from '../../ui/icon-button.tsx'
import { useFilterActions } from './filter-actions.ts'

/** Takes a saved filter away, undoably. */
export function FilterMenu({ filter }: { filter: SavedFilter }) {
  const { remove } = useFilterActions()
  return (
    <IconButton
      label={`Delete filter ${filter.name}`}
      tip="Delete"
      tipSide="end"
      onClick={() => remove(filter)}
      className="!size-7 !rounded-control pointer-coarse:!size-9"
    >
      <X size={15} />
    </IconButton>
  )
}
