import type { SavedFilter } from '@todo/model/api'
import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { describeError } from '../../api/api-error.ts'
import { filtersApi } from '../../api/lists-api.ts'
import { newId } from '../../api/new-id.ts'
import { queryKeys } from '../../api/query-keys.ts'
import { notify } from '../../ui/notify.ts'
import { offerUndo, rememberUndo } from '../undo/undo-stack.ts'
import { readSearch } from './view-filters.ts'

/** What a person does with saved filters. */
export function useFilterActions() {
  const client = useQueryClient()
  const navigate = useNavigate()
  const take = async (filter: SavedFilter) => {
    if (location.pathname.includes(filter.id)) await navigate({ to: '/today', search: {} })
    await remove(client, filter)
  }
  return {
    /** Rejects when the server refuses it. */
    create: async (name: string, query: string): Promise<void> => {
      const filter = await filtersApi.create({ id: newId(), name, query })
      await client.invalidateQueries({ queryKey: queryKeys.filters })
      rememberUndo(`Filter “${name}” saved`, () => void take(filter))
      await navigate({ to: '/filter/$filterId', params: { filterId: filter.id }, search: readSearch(filter.query) })
    },
    remove: (filter: SavedFilter): void => {
      offerUndo(`Filter “${filter.name}” deleted`, () => void putBack(client, filter))
      void take(filter)
    },
  }
}

function remove(client: QueryClient, filter: SavedFilter): Promise<void> {
  show(client, (filters) => filters.filter((other) => other.id !== filter.id))
  return settle(client, filtersApi.delete(filter.id), 'The filter could not be deleted')
}

function putBack(client: QueryClient, filter: SavedFilter): Promise<void> {
  const again = { ...filter, id: newId() }
  show(client, (filters) => [...filters, again])
  const { id, name, query } = again
  return settle(client, filtersApi.create({ id, name, query }), 'The filter could not be put back')
}

function show(client: QueryClient, change: (filters: SavedFilter[]) => SavedFilter[]): void {
  client.setQueryData<SavedFilter[]>(queryKeys.filters, (filters) => filters && change(filters))
}

async function settle(client: QueryClient, done: Promise<unknown>, refused: string): Promise<void> {
  await done.catch((error: unknown) => notify(refused, { description: describeError(error), tone: 'error' }))
  await client.invalidateQueries({ queryKey: queryKeys.filters })
}
