import { useMemo } from 'react'
import { words } from '../../api/task-list-query.ts'
import { usePerson } from '../account/person.ts'
import { useDayClock } from '../dates/day-clock.tsx'
import { useOverview } from '../sidebar/overview.ts'
import type { QueryContext } from './view-query.ts'

/** The same object for as long as it says the same. */
export function useQueryContext(): QueryContext {
  const { inboxId } = usePerson()
  const { today } = useDayClock()
  const tags = useOverview()
    ?.tags.map(({ name }) => name)
    .join(',')
  return useMemo(() => ({ today, inboxId, tags: words(tags) }), [today, inboxId, tags])
}
