import type { List } from '@todo/model/list'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { listsApi } from '../../api/lists-api.ts'
import { queryKeys } from '../../api/query-keys.ts'
import { Button } from '../../ui/button.tsx'
import { useDayClock } from '../dates/day-clock.tsx'
import { describeAgo } from '../dates/describe-date.ts'
import { useRestoreList } from './list-actions.ts'
import { ListMark } from './list-mark.tsx'

const deletedListsQuery = queryOptions({
  queryKey: queryKeys.deletedLists,
  queryFn: async ({ signal }) => (await listsApi.deleted(signal)).items,
})

const NONE: readonly List[] = []

/** Lists in the bin, the latest first. */
export const useDeletedLists = (isWanted = true): readonly List[] =>
  useQuery({ ...deletedListsQuery, enabled: isWanted }).data ?? NONE

/** What comes back with its tasks. Nothing where there is none. */
export function DeletedLists() {
  const lists = useDeletedLists()
  if (lists.length === 0) return null
  return (
    <section aria-labelledby="deleted-lists" className="mb-6">
      <h2 id="deleted-lists" className="mb-1 px-2 text-s font-semibold text-ink-2">
        Lists
      </h2>
      <ul>
        {lists.map((list) => (
          <DeletedList key={list.id} list={list} />
        ))}
      </ul>
    </section>
  )
}

function DeletedList({ list }: { list: List }) {
  const { now, timeZone, locale } = useDayClock()
  const restore = useRestoreList()
  const [isBusy, setIsBusy] = useState(false)
  const tasks = list.openTasks === 1 ? '1 open task' : `${list.openTasks} open tasks`
  return (
    <li className="flex items-center gap-2 border-b border-line px-2 py-2">
      <ListMark list={list} />
      <div className="min-w-0 flex-1">
        <p className="truncate">{list.name}</p>
        <p className="text-s text-ink-2">
          {tasks}, deleted {describeAgo(list.deletedAt!, now, timeZone, locale)}
        </p>
      </div>
      <Button
        isBusy={isBusy}
        aria-label={`Restore the list ${list.name}`}
        onClick={() => {
          setIsBusy(true)
          void restore(list).finally(() => setIsBusy(false))
        }}
      >
        Restore
      </Button>
    </li>
  )
}
