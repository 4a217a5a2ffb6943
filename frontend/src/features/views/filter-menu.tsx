import type { SavedFilter } from '@todo/model/api'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import X from 'lucide-react/icons/x'
import { describeError } from '../../api/api-error.ts'
import { filtersApi } from '../../api/lists-api.ts'
import { newId } from '../../api/new-id.ts'
import { queryKeys } from '../../api/query-keys.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { notify } from '../../ui/notify.ts'
import { offerUndo } from '../undo/undo-stack.ts'

/** Takes a saved filter away, undoably. */
export function FilterMenu({ filter }: { filter: SavedFilter }) {
  const client = useQueryClient()
  const navigate = useNavigate()
  const set = (change: (filters: SavedFilter[]) => SavedFilter[]) =>
    client.setQueryData<SavedFilter[]>(queryKeys.filters, (filters) => filters && change(filters))

  const settle = (done: Promise<unknown>, refused: string) =>
    done
      .catch((error: unknown) => notify(refused, { description: describeError(error), tone: 'error' }))
      .finally(() => client.invalidateQueries({ queryKey: queryKeys.filters }))

  const putBack = () => {
    const again = { ...filter, id: newId() }
    set((filters) => [...filters, again])
    void settle(
      filtersApi.create({ id: again.id, name: again.name, query: again.query }),
      'The filter could not be put back',
    )
  }
  const remove = () => {
    set((filters) => filters.filter((other) => other.id !== filter.id))
    if (location.pathname.includes(filter.id)) void navigate({ to: '/today', search: {} })
    offerUndo(`Filter “${filter.name}” deleted`, putBack)
    void settle(filtersApi.delete(filter.id), 'The filter could not be deleted')
  }
  return (
    <IconButton
      label={`Delete filter ${filter.name}`}
      tip="Delete"
      tipSide="end"
      onClick={remove}
      className="!size-7 !rounded-control pointer-coarse:!size-9"
    >
      <X size={15} />
    </IconButton>
  )
}
