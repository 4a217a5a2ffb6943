import { useMemo } from 'react'
import { usePerson } from '../account/person.ts'
import { useDayClock } from '../dates/day-clock.tsx'
import { useOverview } from '../sidebar/overview.ts'
import type { QueryContext } from './view-query.ts'

/** The same object for as long as it says the same. */
export function useQueryContext(): QueryContext {
  const { inboxId } = usePerson()
  const { today } = useDayClock()
  const names = useOverview()?.tags.map(({ name }) => name)
  const tags = names?.join(',') ?? ''
  return useMemo(() => ({ today, inboxId, tags: tags === '' ? [] : tags.split(',') }), [today, inboxId, tags])
}
