import type { SeriesStory } from '@todo/model/api'
import type { Task } from '@todo/model/task'
import { useQuery } from '@tanstack/react-query'
import Check from 'lucide-react/icons/check'
import Circle from 'lucide-react/icons/circle'
import SkipForward from 'lucide-react/icons/skip-forward'
import { queryKeys } from '../../api/query-keys.ts'
import { tasksApi } from '../../api/tasks-api.ts'
import { Button } from '../../ui/button.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { LinesSkeleton } from '../../ui/lines-skeleton.tsx'
import { useDayClock } from '../dates/day-clock.tsx'
import { describeAgo, formatDay } from '../dates/describe-date.ts'
import { useTaskActions } from '../tasks/task-actions.ts'
import { useOpenTask } from './open-task.ts'
import type { TaskDraftHandle } from './use-task-draft.ts'

interface SeriesTabProps {
  task: Task
  handle: TaskDraftHandle
}

/** How a recurring task has gone so far, and the ways to pass over this occurrence or to end with it. */
export function SeriesTab({ task, handle }: SeriesTabProps) {
  const story = useQuery({
    queryKey: [...queryKeys.series(task.id), task.version],
    queryFn: ({ signal }) => tasksApi.series(task.id, signal),
    staleTime: 0,
  })
  if (story.isPending) return <LinesSkeleton />
  if (story.isError) {
    return (
      <ErrorState error={story.error} title="The series could not be loaded" onRetry={() => void story.refetch()} />
    )
  }
  return (
    <div className="grid gap-4">
      <Counts story={story.data} />
      {task.recurrence && !task.completedAt && !task.deletedAt && <SeriesButtons task={task} handle={handle} />}
      <ol aria-label="Occurrences" className="grid gap-1">
        {story.data.occurrences.map((occurrence) => (
          <OccurrenceLine key={occurrence.taskId} occurrence={occurrence} isThis={occurrence.taskId === task.id} />
        ))}
      </ol>
    </div>
  )
}

function Counts({ story }: { story: SeriesStory }) {
  const counts = [
    ['Done', story.completed],
    ['In a row', story.streak],
    ['Most in a row', story.longestStreak],
    ['Missed', story.missed],
    ['Skipped', story.skipped],
  ] as const
  return (
    <dl className="grid grid-cols-3 gap-2 sm:grid-cols-5">
      {counts.map(([name, count]) => (
        <div key={name} className="flex flex-col-reverse rounded-control bg-sunken px-3 py-2">
          <dt className="text-xs text-ink-2">{name}</dt>
          <dd className="text-l font-semibold tabular-nums">{count}</dd>
        </div>
      ))}
    </dl>
  )
}

/** What was changed is saved first: nobody opens an occurrence again that they have passed over. */
function SeriesButtons({ task, handle }: SeriesTabProps) {
  const actions = useTaskActions()
  const { closeTask } = useOpenTask()
  const { isDirty, isSaving, submit } = handle
  const andClose = (act: (task: Task) => void) => async () => {
    if (isDirty && !(await submit())) return
    act(task)
    closeTask()
  }
  return (
    <div className="flex flex-wrap gap-2">
      <Button icon={<SkipForward size={15} />} isBusy={isSaving} onClick={() => void andClose(actions.skip)()}>
        {isDirty ? 'Save and skip this one' : 'Skip this one'}
      </Button>
      <Button isBusy={isSaving} onClick={() => void andClose(actions.endSeries)()}>
        {isDirty ? 'Save and end with this one' : 'End with this one'}
      </Button>
    </div>
  )
}

interface OccurrenceLineProps {
  occurrence: SeriesStory['occurrences'][number]
  isThis: boolean
}

function OccurrenceLine({ occurrence, isThis }: OccurrenceLineProps) {
  const { now, timeZone, locale } = useDayClock()
  const { occurrenceAt, completedAt, skipped, missedBefore } = occurrence
  const day = formatDay(occurrenceAt.slice(0, 10), locale, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  })
  const ago = completedAt && describeAgo(completedAt, now, timeZone, locale)
  const state = !completedAt ? 'Open' : skipped ? `Skipped ${ago}` : `Done ${ago}`
  const Icon = !completedAt ? Circle : skipped ? SkipForward : Check
  return (
    <li className="flex items-center gap-3 py-1 text-s">
      <Icon size={15} aria-hidden className={completedAt && !skipped ? 'text-accent-ink' : 'text-ink-3'} />
      <span className={`flex-1 tabular-nums ${isThis ? 'font-semibold' : ''}`}>
        {day}
        {missedBefore > 0 && <span className="text-ink-2">, {missedBefore} missed before</span>}
      </span>
      <span className="text-ink-2">{state}</span>
    </li>
  )
}
